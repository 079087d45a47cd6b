package sc.fiji.diffusion.engine.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.CheckpointException;

class SafetensorsFileTest {

    private static final String A = "'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}";

    @TempDir
    Path folder;

    @Test
    void aTensorIsFoundAndRead() throws IOException {
        SafetensorsFile file = open(
                "{'__metadata__':{'k':'v'},'b':{'dtype':'I64','shape':[],'data_offsets':[8,16]}," + A + "}   ", 16);
        assertEquals("v", file.metadata().get("k"));
        assertEquals(List.of("a", "b"), List.copyOf(file.tensors().keySet()), "in the order of the file");
        assertEquals(file.dataStart() + 8, file.fileOffset(file.tensor("b")));
        assertArrayEquals(new int[] {2}, file.readFloats("a").shape());
        assertArrayEquals(new int[0], file.readFloats("b").shape());
        assertArrayEquals(new long[] {0x0f0e0d0c0b0a0908L}, file.readLongs("b"));
    }

    @Test
    void emptyTensorsAndFilesAreFine() throws IOException {
        assertEquals(0, open("{}", 0).tensors().size());
        SafetensorsFile file = open(
                "{'x':{'dtype':'F16','shape':[4,0],'data_offsets':[8,8]}," + A
                        + ",'z':{'dtype':'F32','shape':[0,9223372036854775807,4],'data_offsets':[0,0]}}",
                8);
        assertEquals(0, file.readFloats("x").values().length);
    }

    @Test
    void aTensorThatIsNotThereIsNamed() throws IOException {
        SafetensorsFile file = open("{" + A + "}", 8);
        String message = assertThrows(CheckpointException.class, () -> file.readFloats("nothing"))
                .getMessage();
        assertTrue(message.contains("expected a tensor nothing"), message);
    }

    @Test
    void aTypeWithoutConversionIsRefusedWhenItIsRead() throws IOException {
        SafetensorsFile file = open("{'a':{'dtype':'F8_E4M3','shape':[8],'data_offsets':[0,8]}}", 8);
        assertThrows(CheckpointException.class, () -> file.readFloats("a"));
        assertThrows(CheckpointException.class, () -> file.readLongs("a"));
    }

    @Test
    void aTensorBeyondTwoGigabytesIsRead() throws IOException {
        long far = 3L << 30;
        Path path = folder.resolve("big.safetensors");
        String header = ("{'far':{'dtype':'F32','shape':[1],'data_offsets':[" + far + "," + (far + 4)
                        + "]},'hole':{'dtype':'U8','shape':[" + far + "],'data_offsets':[0," + far + "]}}")
                .replace('\'', '"');
        Files.write(path, file(header, 0));
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            // Sparse: takes no room on most file systems.
            channel.write(
                    ByteBuffer.allocate(4)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putFloat(2.5f)
                            .flip(),
                    8 + header.length() + far);
        }
        SafetensorsFile file = SafetensorsFile.open(path);
        assertArrayEquals(new float[] {2.5f}, file.readFloats("far").values());
        String message = assertThrows(CheckpointException.class, () -> file.readLongs("hole"))
                .getMessage();
        assertTrue(message.contains("which fit an array"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{'a':1}",
                "{'a':{}}",
                "{" + A + "," + A + "}",
                "{" + A + "} x",
                "{" + A + "}{}",
                "{'a':{'dtype':'F32','dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
                "{'a':{'dtype':'F33','shape':[2],'data_offsets':[0,8]}}",
                "{'a':{'dtype':32,'shape':[2],'data_offsets':[0,8]}}",
                "{'a':{'dtype':'F32','shape':2,'data_offsets':[0,8]}}",
                "{'a':{'dtype':'F32','shape':['2'],'data_offsets':[0,8]}}",
                "{'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}",
                "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8,9]}}",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,16]}}",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'b':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}",
                "{'a':{'dtype':'F32','shape':[9223372036854775807,9223372036854775807],'data_offsets':[0,8]}}",
                "{'a':{'dtype':'F32','shape':[4611686018427387904,4],'data_offsets':[0,0]}}",
                "{'a':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,8]}}",
                "{'__metadata__':{'k':1}," + A + "}",
                "{'__metadata__':[]," + A + "}",
                "{'__metadata__':{'k':'v','k':'v'}," + A + "}",
                "{'__metadata__':{},'__metadata__':{}," + A + "}"
            })
    void aHeaderThatLiesIsRefusedWithTheFilesName(String header) throws IOException {
        refused(file(header.replace('\'', '"'), 8));
    }

    @Test
    void deepNestingIsRefused() throws IOException {
        refused(file("{\"a\":{\"x\":" + "[".repeat(1_000_000), 8));
    }

    @Test
    void aHeaderThatIsNotUtf8IsRefused() throws IOException {
        byte[] bytes = file("{\"\u00e9\":1}", 8);
        bytes[8 + 2] = (byte) 0xff;
        refused(bytes);
    }

    @Test
    void aTruncatedFileIsRefusedWithItsName() throws IOException {
        byte[] whole = file("{" + A.replace('\'', '"') + "}", 8);
        for (int length = 0; length < whole.length; length++) {
            refused(Arrays.copyOf(whole, length));
        }
        refused(Arrays.copyOf(whole, whole.length + 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 100_000_001, 1000})
    void aLengthThatCantBeIsRefused(long length) throws IOException {
        byte[] bytes = file("{}", 0);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        refused(bytes);
    }

    @ParameterizedTest
    @CsvSource({"model.ckpt,PK", "model.safetensors,PK", "model.bin,\u0080\u0002}q", "model.pt,anything"})
    void aPickleIsRefusedWithTheReason(String name, String start) throws IOException {
        String contents =
                start.equals("PK") ? "PK\u0003\u0004\u0014\u0000\u0008\u0008 data" : start + " and more of it";
        Path path = Files.write(folder.resolve(name), contents.getBytes(StandardCharsets.ISO_8859_1));
        String message = assertThrows(CheckpointException.class, () -> SafetensorsFile.open(path))
                .getMessage();
        assertTrue(message.startsWith(path + ": ") && message.contains("can run any code"), message);
    }

    @Test
    void aHeaderAsLongAsAPicklesFirstBytesSayIsNoPickle() throws IOException {
        // 0x280 = 640: little-endian, its first bytes are those of a pickle of protocol 2.
        String header = "{" + A.replace('\'', '"') + "}";
        assertEquals(
                1,
                open(header + " ".repeat(0x280 - header.length()), 8).tensors().size());
    }

    @Test
    void aPointerOfGitLfsIsNamed() throws IOException {
        String message =
                refused("version https://git-lfs.github.com/spec/v1\noid sha256:0\n".getBytes(StandardCharsets.UTF_8));
        assertTrue(message.contains("Git LFS"), message);
    }

    @Test
    void aMissingFileAndAFolderAreRefused() {
        Path missing = folder.resolve("missing.safetensors");
        assertThrows(CheckpointException.class, () -> SafetensorsFile.open(missing));
        assertThrows(CheckpointException.class, () -> SafetensorsFile.open(folder));
    }

    private String refused(byte[] bytes) throws IOException {
        Path path = Files.write(folder.resolve("bad.safetensors"), bytes);
        String message = assertThrows(CheckpointException.class, () -> SafetensorsFile.open(path))
                .getMessage();
        assertTrue(message.startsWith(path.toString()), message);
        assertTrue(message.contains("expected") && message.contains("found"), message);
        return message;
    }

    private SafetensorsFile open(String header, int dataLength) throws IOException {
        Path path = folder.resolve("good.safetensors");
        return SafetensorsFile.open(Files.write(path, file(header.replace('\'', '"'), dataLength)));
    }

    /** The data is 0, 1, 2, … */
    private static byte[] file(String header, int dataLength) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(8 + text.length + dataLength).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(text.length).put(text);
        for (int i = 0; i < dataLength; i++) {
            buffer.put((byte) i);
        }
        return buffer.array();
    }
}
