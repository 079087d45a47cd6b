package sc.fiji.diffusion.edit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.Undo;
import ij.WindowManager;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.altered.AlteredPixels;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.provenance.History;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.pixels.ValueRange;
import sc.fiji.diffusion.provenance.ImageProvenance;
import sc.fiji.diffusion.provenance.Made;
import sc.fiji.diffusion.provenance.SliceHash;
import sc.fiji.diffusion.selection.MaskSource;
import sc.fiji.diffusion.stack.AxisPart;
import sc.fiji.diffusion.stack.StackPart;

/** Going through the slices, with a model that paints white. */
class ImageEditorTest {

    private static final StackPart ALL = new StackPart.Slices(AxisPart.ALL);

    private final ImagePlus image = IJ.createImage("data", "8-bit black", 12, 10, 4);
    private final List<Integer> seedOffsets = new ArrayList<>();
    private final PictureModel white = (seen, mask, step, progress) -> {
        progress.checkCancelled();
        seedOffsets.add(step.seedOffset());
        float[] samples = new float[seen.samples().length];
        Arrays.fill(samples, 1);
        return new PictureModel.Made(
                new RgbImage(seen.width(), seen.height(), samples), mask, Made.of("white " + step.seedOffset()));
    };

    @AfterEach
    void forget() {
        WindowManager.setTempCurrentImage(null);
        Undo.reset();
    }

    private ImageEditor editor(boolean vary) {
        image.setRoi(new Roi(2, 3, 4, 5));
        EditPlan plan = EditPlan.of(image, new MaskSource.ActiveSelection(), ALL, vary);
        return new ImageEditor(image, plan, new ValueRange.DisplayRange());
    }

    @Test
    void everySliceIsDoneAndKnown() {
        assertEquals(4, editor(false).run(white, Progress.NONE));
        for (int index = 1; index <= 4; index++) {
            assertEquals(255, image.getStack().getVoxel(2, 3, index - 1));
            assertEquals(0, image.getStack().getVoxel(6, 3, index - 1));
        }
        assertEquals(4 * 20, AlteredPixels.of(image).count());
        assertEquals(List.of(0, 0, 0, 0), seedOffsets);
        assertFalse(image.isLocked());
    }

    @Test
    void everySliceKnowsHowItCameToBeAndFromWhat() {
        String black = SliceHash.of(image, 2);
        editor(true).run(white, Progress.NONE);
        editor(true).run(white, Progress.NONE);
        History history = ImageProvenance.of(image).history(2, SliceHash.of(image, 2));
        assertEquals(
                List.of("white 1", "white 1"),
                history.entries().stream().map(Provenance::prompt).toList());
        Provenance first = history.entries().get(0);
        assertEquals(List.of(black), first.image().orElseThrow().sha256());
        assertEquals(List.of(0.0), first.image().orElseThrow().minimums());
        assertEquals(List.of(255.0), first.image().orElseThrow().maximums());
        assertEquals(List.of(SliceHash.of(image, 2)), first.resultSha256());
        assertEquals(first.resultSha256(), history.last().image().orElseThrow().sha256());
    }

    @Test
    void otherNoiseInEachSliceCountsTheSeedUp() {
        editor(true).run(white, Progress.NONE);
        assertEquals(List.of(0, 1, 2, 3), seedOffsets);
    }

    @Test
    void cancelSaysHowManyAreDoneAndLeavesTheOthersAlone() {
        Progress afterTwo = new Progress() {
            @Override
            public void report(Stage stage, int done, int total) {}

            @Override
            public boolean isCancelled() {
                return seedOffsets.size() == 2;
            }
        };
        CancelledException e =
                assertThrows(CancelledException.class, () -> editor(false).run(white, afterTwo));
        assertEquals("cancelled, 2 of 4 done", e.getMessage());
        assertTrue(AlteredPixels.of(image).mask(2).isPresent());
        assertTrue(AlteredPixels.of(image).mask(3).isEmpty());
        assertArrayEquals(new byte[120], (byte[]) image.getStack().getPixels(3));
        assertFalse(image.isLocked());
    }

    @Test
    void aFailureLeavesTheSliceAsItWas() {
        PictureModel broken = (seen, mask, step, progress) -> {
            throw new RequestException("model: expected one, found none");
        };
        assertThrows(RequestException.class, () -> editor(false).run(broken, Progress.NONE));
        assertArrayEquals(new byte[120], (byte[]) image.getStack().getPixels(1));
        assertTrue(AlteredPixels.of(image).isEmpty());
        assertFalse(image.isLocked());
    }

    @Test
    void aLockedImageIsRefused() throws InterruptedException {
        ImageEditor editor = editor(false);
        assertTrue(image.lockSilently());
        List<Throwable> failures = new ArrayList<>();
        Thread other = new Thread(
                () -> failures.add(assertThrows(RequestException.class, () -> editor.run(white, Progress.NONE))));
        other.start();
        other.join();
        image.unlock();
        assertEquals(1, failures.size());
        assertTrue(
                failures.get(0).getMessage().contains("locked"), failures.get(0).getMessage());
        assertTrue(seedOffsets.isEmpty());
    }

    @Test
    void channelsThatAreShownTogetherAfterThePlanWasMadeAreNotTouched() {
        CompositeImage cells =
                new CompositeImage(IJ.createHyperStack("cells", 12, 10, 2, 1, 1, 8), CompositeImage.COLOR);
        cells.setRoi(new Roi(2, 3, 4, 5));
        EditPlan plan = EditPlan.of(cells, new MaskSource.ActiveSelection(), ALL, false);
        cells.setMode(CompositeImage.COMPOSITE);
        RequestException e =
                assertThrows(RequestException.class, () -> new ImageEditor(cells, plan, new ValueRange.DisplayRange())
                        .run(white, Progress.NONE));
        assertTrue(e.getMessage().contains("expected cells to show [1] together"), e.getMessage());
        assertArrayEquals(new byte[120], (byte[]) cells.getStack().getPixels(1));
        assertArrayEquals(new byte[120], (byte[]) cells.getStack().getPixels(2));
    }

    @Test
    void undoWaitsUntilAllSlicesAreDone() {
        WindowManager.setTempCurrentImage(image);
        PictureModel impatient = (seen, mask, step, progress) -> {
            if (step.stackIndex() == 3) {
                inAnotherThread(Undo::undo);
                assertEquals(255, image.getStack().getVoxel(2, 3, 0));
            }
            return white.make(seen, mask, step, progress);
        };
        editor(false).run(impatient, Progress.NONE);
        assertEquals(255, image.getStack().getVoxel(2, 3, 0));
        assertEquals(255, image.getStack().getVoxel(2, 3, 3));
        assertEquals(4 * 20, AlteredPixels.of(image).count());
        Undo.undo();
        for (int index = 1; index <= 4; index++) {
            assertArrayEquals(new byte[120], (byte[]) image.getStack().getPixels(index));
        }
        assertTrue(AlteredPixels.of(image).isEmpty());
    }

    private static void inAnotherThread(Runnable work) {
        // WindowManager's temporary image is that of a thread.
        ImagePlus current = WindowManager.getCurrentImage();
        Thread thread = new Thread(() -> {
            WindowManager.setTempCurrentImage(current);
            work.run();
        });
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aNewStackOfARectangleKeepsTheCoordinates() {
        Calibration calibration = image.getCalibration();
        calibration.pixelWidth = 0.5;
        calibration.xOrigin = 7;
        image.setRoi(new Roi(2, 3, 4, 5));
        EditPlan plan = EditPlan.of(image, new MaskSource.ActiveSelection(), ALL, false);
        ImagePlus made = new NewStack(image, plan, new ValueRange.DisplayRange()).run(white, Progress.NONE);
        assertEquals(calibration.getX(2), made.getCalibration().getX(0));
        assertEquals(calibration.getY(3), made.getCalibration().getY(0));
        assertEquals(7, calibration.xOrigin);
    }

    @Test
    void channelsHaveNoEndToAppendTo() {
        ImagePlus cells = IJ.createHyperStack("cells", 12, 10, 3, 1, 1, 8);
        EditPlan plan = EditPlan.whole(cells, Mask.everything(12, 10), ALL, false);
        RequestException e = assertThrows(
                RequestException.class, () -> new SliceAppender(cells, plan, new ValueRange.DisplayRange()));
        assertTrue(e.getMessage().contains("found 3 channels in cells"), e.getMessage());
    }

    @Test
    void aPaletteStaysOneWhenASliceIsAppended() {
        byte[] reds = {0, (byte) 255, 0, (byte) 255};
        byte[] others = {0, 0, (byte) 255, (byte) 255};
        ByteProcessor indices = new ByteProcessor(12, 10);
        indices.setColorModel(new IndexColorModel(8, 4, reds, others, others));
        ImagePlus palette = new ImagePlus("palette", indices);
        palette.setTypeToColor256();
        assertEquals(ImagePlus.COLOR_256, palette.getType());
        EditPlan plan = EditPlan.whole(palette, Mask.everything(12, 10), ALL, false);
        new SliceAppender(palette, plan, new ValueRange.DisplayRange()).run(white, Progress.NONE);
        assertEquals(ImagePlus.COLOR_256, palette.getType());
        assertEquals(0, palette.getStack().getVoxel(5, 5, 0));
        assertEquals(3, palette.getStack().getVoxel(5, 5, 1));
    }

    @Test
    void aNewStackHasTheMasksSizeAndLeavesTheImageAlone() {
        image.setRoi(new Roi(2, 3, 4, 5));
        EditPlan plan = EditPlan.of(image, new MaskSource.ActiveSelection(), ALL, false);
        ImagePlus made = new NewStack(image, plan, new ValueRange.DisplayRange()).run(white, Progress.NONE);
        assertEquals(4, made.getWidth());
        assertEquals(5, made.getHeight());
        assertEquals(4, made.getStackSize());
        assertEquals(4 * 20, AlteredPixels.of(made).count());
        assertArrayEquals(new byte[120], (byte[]) image.getStack().getPixels(1));
    }

    @Test
    void appendedSlicesFollowInOrder() {
        image.setRoi(new Roi(2, 3, 4, 5));
        EditPlan plan = EditPlan.of(
                image, new MaskSource.ActiveSelection(), new StackPart.Slices(new AxisPart.Range("2,4")), false);
        assertEquals(2, new SliceAppender(image, plan, new ValueRange.DisplayRange()).run(white, Progress.NONE));
        assertEquals(6, image.getStackSize());
        assertEquals("generated from slice 4", image.getStack().getSliceLabel(6));
        assertEquals(255, image.getStack().getVoxel(2, 3, 5));
        assertTrue(AlteredPixels.of(image).mask(4).isEmpty());
        assertTrue(AlteredPixels.of(image).mask(5).isPresent());
    }
}
