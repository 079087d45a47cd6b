package sc.fiji.diffusion.pixels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.process.IntProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import sc.fiji.diffusion.engine.RequestException;

class RefusedImagesTest {

    private static final ValueRange DISPLAY = new ValueRange.DisplayRange();

    @Test
    void thereMustBeAnImage() {
        assertRefused("image: expected an open image, found none", () -> ModelView.of(null, 1, DISPLAY));
        ImagePlus closed = IJ.createImage("closed", "8-bit", 4, 4, 1);
        // What closing a window does.
        closed.flush();
        assertRefused("image: expected an open image, found none", () -> ModelView.of(closed, 1, DISPLAY));
    }

    @Test
    void thePositionMustBeInTheImage() {
        ImagePlus image = IJ.createImage("stack", "8-bit", 4, 4, 6);
        image.setDimensions(1, 2, 3);
        assertRefused("stack index: expected 1 to 6, found 7", () -> ModelView.of(image, 7, DISPLAY));
        assertRefused("channel: expected 1 to 1, found 2", () -> ModelView.of(image, 2, 1, 1, DISPLAY));
        assertRefused("slice: expected 1 to 2, found 0", () -> ModelView.of(image, 1, 0, 1, DISPLAY));
        assertRefused("frame: expected 1 to 3, found 4", () -> ModelView.of(image, 1, 1, 4, DISPLAY));
    }

    @Test
    void wholeNumbersOf32BitsAreNoColours() {
        ImagePlus image = new ImagePlus("counts", new IntProcessor(4, 4));
        assertRefused(
                "image: expected 8-bit, 16-bit, 32-bit or RGB pixels, found 32-bit integers in counts",
                () -> ModelView.of(image, 1, DISPLAY));
    }

    @Test
    void aCompositeMustShowTheSumOfSomeChannels() {
        CompositeImage composite =
                new CompositeImage(IJ.createImage("cells", "16-bit", 4, 4, 3), CompositeImage.COMPOSITE);
        composite.setProp("CompositeProjection", "Max");
        assertRefused(
                "composite: expected one that shows the sum of its channels, found projection Max in cells",
                () -> ModelView.of(composite, 1, DISPLAY));
        composite.setProp("CompositeProjection", "Sum");
        assertEquals(4, ModelView.of(composite, 1, DISPLAY).width());
        for (int channel = 0; channel < 3; channel++) {
            composite.getActiveChannels()[channel] = false;
        }
        assertRefused(
                "composite: expected an active channel, found none in cells",
                () -> ModelView.of(composite, 1, DISPLAY));
    }

    @Test
    void aRangeMustHoldValuesOfTheImage() {
        assertRefused(
                "range: expected a finite minimum below a finite maximum, found 3.0 to 3.0",
                () -> new ValueRange.Given(3, 3));
        assertRefused(
                "range: expected a finite minimum below a finite maximum, found 0.0 to Infinity",
                () -> new ValueRange.Given(0, Double.POSITIVE_INFINITY));
        assertRefused(
                "range: expected a finite minimum below a finite maximum, found NaN to 1.0",
                () -> new ValueRange.Given(Double.NaN, 1));
        ImagePlus image = IJ.createImage("grey", "8-bit", 4, 4, 1);
        assertRefused(
                "range: expected at least two values that the image can hold, found 300.0 to 400.0",
                () -> ModelView.of(image, 1, new ValueRange.Given(300, 400)));
        assertRefused(
                "range: expected at least two values that the image can hold, found 0.5 to 1.5",
                () -> ModelView.of(image, 1, new ValueRange.Given(0.5, 1.5)));
    }

    private static void assertRefused(String message, Executable executable) {
        assertEquals(message, assertThrows(RequestException.class, executable).getMessage());
    }
}
