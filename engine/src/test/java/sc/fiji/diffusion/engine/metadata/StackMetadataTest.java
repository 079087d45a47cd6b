package sc.fiji.diffusion.engine.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.PngFile;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.provenance.History;
import sc.fiji.diffusion.engine.provenance.Provenances;
import sc.fiji.diffusion.engine.provenance.SliceHistory;
import sc.fiji.diffusion.engine.provenance.StackHistory;

/** What the slices of a file tell. Files that ImageJ wrote are read in the plugin's tests. */
class StackMetadataTest {

    private static final History MADE = History.NONE.and(Provenances.full());
    private static final String STACK =
            new StackHistory(5, List.of(new SliceHistory(2, "a", MADE), new SliceHistory(4, "b", MADE))).toJson();

    @TempDir
    private Path folder;

    private StackMetadata read(byte[] bytes) throws IOException {
        return StackMetadata.read(Files.write(folder.resolve("a.tif"), bytes));
    }

    private static byte[] stack(ByteOrder order) {
        return TiffBytes.withProperties(order, "Other", "µ", "Diffusion provenance", STACK);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTiffFileOfImageJTellsOfEachSlice(boolean isLittleEndian) throws IOException {
        StackMetadata read = read(stack(isLittleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN));
        assertEquals(5, read.stackSize());
        assertEquals(Set.of(2, 4), read.slices().keySet());
        assertEquals(MADE, read.slices().get(4).history());
        assertTrue(read.slices().get(2).isOurs());
    }

    @Test
    void oneOfSeveralSlicesHasToBeNamed() throws IOException {
        StackMetadata read = read(stack(ByteOrder.BIG_ENDIAN));
        Path file = Path.of("a.tif");
        assertEquals(MADE, read.slice(Optional.of(4), file).history());
        assertEquals(
                "slice: expected one of [2, 4], which were generated in a.tif, found none",
                assertThrows(RequestException.class, () -> read.slice(Optional.empty(), file))
                        .getMessage());
        assertEquals(
                "provenance: expected what made the picture, found nothing of it in a.tif, slice 3",
                assertThrows(RequestException.class, () -> read.slice(Optional.of(3), file))
                        .getMessage());
    }

    @Test
    void aPictureOfAnotherFormatIsAStackOfOne() {
        Path file = folder.resolve("a.png");
        PngFile.write(new RgbImage(2, 1, new float[6]), PictureMetadata.texts(MADE), file);
        StackMetadata read = StackMetadata.read(file);
        assertEquals(1, read.stackSize());
        assertEquals(MADE, read.slice(Optional.empty(), file).history());
    }

    @Test
    void otherToolsTiffFilesTellTheirSourceType() throws IOException {
        StackMetadata read = read(TiffBytes.withXmp(Xmp.packet(MADE)));
        assertEquals(
                Optional.of(SourceType.of(MADE).uri()), read.slices().get(1).sourceType());
    }

    @Test
    void whatTellsNothingOrIsDamagedTellsNothing() throws IOException {
        assertTrue(read(TiffBytes.withProperties(ByteOrder.BIG_ENDIAN, "Other", "b"))
                .isEmpty());
        assertTrue(read(TiffBytes.withProperties(ByteOrder.BIG_ENDIAN, "Diffusion provenance", "{}"))
                .isEmpty());
        byte[] whole = stack(ByteOrder.BIG_ENDIAN);
        for (int length = 8; length < whole.length; length += 7) {
            assertTrue(read(Arrays.copyOf(whole, length)).isEmpty(), "broken off at " + length);
        }
    }

    @Test
    void lengthsThatLieAreNotBelieved() throws IOException {
        byte[] whole = stack(ByteOrder.BIG_ENDIAN);
        for (int at = 4; at < 80; at += 2) {
            byte[] lying = whole.clone();
            ByteBuffer.wrap(lying).putInt(at, at % 4 == 0 ? -1 : Integer.MAX_VALUE);
            read(lying);
        }
    }
}
