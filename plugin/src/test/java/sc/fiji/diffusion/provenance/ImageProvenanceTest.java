package sc.fiji.diffusion.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.Prefs;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.plugin.Duplicator;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.metadata.StackMetadata;
import sc.fiji.diffusion.engine.provenance.History;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.provenance.StackHistory;

/** What becomes of provenance in ImageJ's hands. */
class ImageProvenanceTest {

    private final ImagePlus image = stack(3);

    /** Slices of different pixels, of which each knows how it came to be. */
    private static ImagePlus stack(int slices) {
        ImagePlus image = IJ.createImage("made", "RGB ramp", 12, 10, slices);
        ImageProvenance provenance = ImageProvenance.none(image);
        for (int index = 1; index <= slices; index++) {
            image.getStack().getProcessor(index).set(3, 4, 0xff0000 + index);
            String sha256 = SliceHash.of(image, index);
            provenance.put(
                    index, sha256, History.NONE.and(Made.of("picture " + index).withResult(List.of(sha256))));
        }
        provenance.keep();
        return image;
    }

    private static Optional<String> prompt(ImagePlus image, int index) {
        return ImageProvenance.of(image, index)
                .filter(StackHistory.Known::isUnchanged)
                .map(StackHistory.Known::history)
                .map(History::last)
                .map(Provenance::prompt);
    }

    @Test
    void aFileOfImageJsOwnKeepsIt(@TempDir Path folder) {
        String file = folder.resolve("made.tif").toString();
        assertTrue(new FileSaver(image).saveAsTiff(file));
        ImagePlus opened = IJ.openImage(file);
        for (int index = 1; index <= 3; index++) {
            assertEquals(Optional.of("picture " + index), prompt(opened, index));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theCommandLineReadsItInAFileOfImageJs(boolean isLittleEndian, @TempDir Path folder) {
        Path file = folder.resolve("made.tif");
        Prefs.intelByteOrder = isLittleEndian;
        try {
            image.setProp("Info", "µ");
            image.setOverlay(new Roi(1, 2, 3, 4), Color.RED, 1, null);
            assertTrue(new FileSaver(image).saveAsTiff(file.toString()));
        } finally {
            Prefs.intelByteOrder = false;
        }
        StackMetadata read = StackMetadata.read(file);
        assertEquals(3, read.stackSize());
        for (int index = 1; index <= 3; index++) {
            assertEquals(
                    "picture " + index,
                    read.slices().get(index).history().last().prompt());
        }
    }

    @Test
    void duplicatesAndSlicesOfThemKeepTheirOwn() {
        assertEquals(Optional.of("picture 2"), prompt(image.duplicate(), 2));
        assertEquals(Optional.of("picture 3"), prompt(new Duplicator().run(image, 2, 3), 2));
        image.setSlice(2);
        assertEquals(Optional.of("picture 2"), prompt(image.crop(), 1));
    }

    @Test
    void slicesThatWereReorderedRemovedOrDuplicatedKeepTheirOwn() {
        ImageStack stack = image.getStack();
        ImageStack other = new ImageStack(12, 10);
        for (int index : new int[] {3, 1, 1}) {
            other.addSlice(stack.getProcessor(index));
        }
        image.setStack(other);
        assertEquals(Optional.of("picture 3"), prompt(image, 1));
        assertEquals(Optional.of("picture 1"), prompt(image, 2));
        assertEquals(Optional.of("picture 1"), prompt(image, 3));
    }

    @Test
    void whatWasChangedSinceIsKnownByItsPlaceAndSaidToBeChanged() {
        image.getStack().getProcessor(2).set(0, 0, 1);
        StackHistory.Known known = ImageProvenance.of(image, 2).orElseThrow();
        assertFalse(known.isUnchanged());
        assertEquals("picture 2", known.history().last().prompt());
        assertEquals(Optional.of("picture 1"), prompt(image, 1));
    }

    @Test
    void aStrangersSliceHasNone() {
        ImageStack stack = image.getStack();
        stack.addSlice(image.getProcessor().createProcessor(12, 10));
        image.setStack(stack);
        assertTrue(ImageProvenance.of(image, 4).isEmpty());
    }

    @Test
    void whatIsAddedToAReorderedStackTakesNothingFromTheOthers() {
        ImageStack stack = image.getStack();
        ImageStack other = new ImageStack(12, 10);
        for (int index : new int[] {3, 2, 1}) {
            other.addSlice(stack.getProcessor(index));
        }
        image.setStack(other);
        image.getStack().getProcessor(2).set(0, 0, 1);
        ImageProvenance provenance = ImageProvenance.of(image);
        History earlier = provenance.history(1, SliceHash.of(image, 1));
        assertEquals("picture 3", earlier.last().prompt());
        image.getStack().getProcessor(1).set(5, 5, 7);
        String sha256 = SliceHash.of(image, 1);
        provenance.put(1, sha256, earlier.and(Made.of("on top").withResult(List.of(sha256))));
        provenance.keep();
        assertEquals(Optional.of("on top"), prompt(image, 1));
        assertEquals(Optional.of("picture 1"), prompt(image, 3));
        assertFalse(ImageProvenance.of(image, 2).orElseThrow().isUnchanged(), "it was changed before");
    }

    @Test
    void theKeyNeverChanges() {
        assertEquals("Diffusion provenance", ImageProvenance.KEY);
    }

    @Test
    void undoneIsUndone() {
        String made = SliceHash.of(image, 1);
        ImageProvenance provenance = ImageProvenance.of(image);
        History earlier = provenance.history(1, made);
        image.getStack().getProcessor(1).set(5, 5, 7);
        String sha256 = SliceHash.of(image, 1);
        provenance.put(1, sha256, earlier.and(Made.of("on top").withResult(List.of(sha256))));
        provenance.keep();
        assertEquals(Optional.of("on top"), prompt(image, 1));
        image.getStack()
                .getProcessor(1)
                .set(5, 5, ((int[]) stack(1).getProcessor().getPixels())[5 * 12 + 5]);
        assertEquals(made, SliceHash.of(image, 1));
        assertEquals(Optional.of("picture 1"), prompt(image, 1));
    }

    @Test
    void whatIsDamagedIsNoProvenance() {
        for (String damaged : List.of("", "{}", "{\"version\":1}", "[1]", "{\"version\":9,\"slices\":[]}")) {
            image.setProp(ImageProvenance.KEY, damaged);
            assertTrue(ImageProvenance.of(image, 1).isEmpty(), damaged);
        }
    }
}
