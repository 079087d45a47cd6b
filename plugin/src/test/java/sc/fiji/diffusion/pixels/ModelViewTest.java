package sc.fiji.diffusion.pixels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import ij.process.ShortProcessor;
import java.awt.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.RgbImage;

/** Numbers that can be checked by hand, one type after the other. */
class ModelViewTest {

    private static final ValueRange DISPLAY = new ValueRange.DisplayRange();
    private static final float NAN = Float.NaN;
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    private static ModelView view(ImageProcessor processor, ValueRange range) {
        return ModelView.of(new ImagePlus("test", processor), 1, range);
    }

    private static RgbImage greys(float... greys) {
        float[] samples = new float[3 * greys.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = greys[i / 3];
        }
        return new RgbImage(greys.length, 1, samples);
    }

    private static Mask mask(float... values) {
        return new Mask(values.length, 1, values);
    }

    @Test
    void eightBitGreyIsSeenAsScreensShowIt() {
        byte[] pixels = {0, 51, (byte) 255};
        ModelView view = view(new ByteProcessor(3, 1, pixels), DISPLAY);
        assertEquals(greys(0, 0.2f, 1), view.seen());
        view.write(greys(0.4f, 0.4f, 0.401f), mask(0, 1, 1));
        assertArrayEquals(new byte[] {0, 102, 102}, pixels);
    }

    @Test
    void sixteenBitsAreSeenFinerThanOnScreensThroughTheDisplayRange() {
        short[] pixels = {500, 1000, 1001, 3000, (short) 60000};
        ImageProcessor processor = new ShortProcessor(5, 1, pixels, null);
        processor.setMinAndMax(1000, 3000);
        ModelView view = view(processor, DISPLAY);
        assertEquals(greys(0, 0, 0.0005f, 1, 1), view.seen());
        view.write(greys(0.5f, 0.5003f, 1, 0, 2), mask(1, 1, 0.5f, 0.25f, 0));
        assertArrayEquals(new short[] {2000, 2001, 2001, 2500, (short) 60000}, pixels);
    }

    @Test
    void aGivenRangeTakesThePlaceOfTheDisplayRange() {
        short[] pixels = {0, 100, (short) 65535};
        ModelView view = view(new ShortProcessor(3, 1, pixels, null), new ValueRange.Given(0, 200));
        assertEquals(greys(0, 0.5f, 1), view.seen());
        view.write(greys(0.25f, 0.75f, 0.5f), Mask.everything(3, 1));
        assertArrayEquals(new short[] {50, 150, 100}, pixels);
    }

    @Test
    void nanAndInfinitiesAreLeftAlone() {
        float[] pixels = {NAN, INFINITY, -INFINITY, -2, 2, 0, 1e30f};
        ModelView view = view(new FloatProcessor(7, 1, pixels), new ValueRange.Given(-2, 2));
        assertEquals(greys(0, 1, 0, 0, 1, 0.5f, 1), view.seen());
        view.write(greys(0.5f, 0.5f, 0.5f, 0.5f, 0.25f, NAN, 0.5f), Mask.everything(7, 1));
        assertArrayEquals(new float[] {NAN, INFINITY, -INFINITY, 0, -1, 0, 0}, pixels);
    }

    @Test
    void anInvertedLutIsInvertedBack() {
        byte[] pixels = {0, (byte) 255, 55};
        ByteProcessor processor = new ByteProcessor(3, 1, pixels);
        processor.invertLut();
        ModelView view = view(processor, DISPLAY);
        assertEquals(greys(1, 0, 200 / 255f), view.seen());
        view.write(greys(0, 0.2f, 1), Mask.everything(3, 1));
        assertArrayEquals(new byte[] {(byte) 255, (byte) 204, 0}, pixels);
    }

    @Test
    void aColourOffTheLutBecomesTheNearestColourOnIt() {
        float[] pixels = {0.5f, 0, 0};
        FloatProcessor processor = new FloatProcessor(3, 1, pixels);
        processor.setLut(LUT.createLutFromColor(Color.GREEN));
        processor.setMinAndMax(0, 10);
        ModelView view = view(processor, DISPLAY);
        assertArrayEquals(
                new float[] {0, 0.05f, 0, 0, 0, 0, 0, 0, 0}, view.seen().samples(), 1e-7f);
        float[] generated = {0.9f, 0.3f, 0.2f, 1, 0, 1, 0.3f, 0.7123f, 0.1f};
        view.write(new RgbImage(3, 1, generated), Mask.everything(3, 1));
        assertArrayEquals(new float[] {3, 0, 7.123f}, pixels, 1e-5f);
    }

    @Test
    void rgbKeepsItsUnusedByte() {
        int[] pixels = {0xff102030, 0x00ffffff, 0x12345678};
        ModelView view = view(new ColorProcessor(3, 1, pixels), DISPLAY);
        assertEquals(0x34 / 255f, view.seen().samples()[6]);
        view.write(new RgbImage(3, 1, new float[] {1, 0, 0.2f, 0, 1, 0, 0, 0, 0}), mask(1, 0.5f, 0));
        assertArrayEquals(new int[] {0xffff0033, 0x0080ff80, 0x12345678}, pixels);
    }

    /** ImageJ forgets the type with Undo, and gives files with a palette none. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPaletteBlendsColoursAndTakesTheNearestEntryThatThereIs(boolean isMarked) {
        byte[] reds = {0, (byte) 255, 0, (byte) 128, (byte) 255};
        byte[] greens = {0, 0, 0, 0, 0};
        byte[] blues = {0, 0, (byte) 255, (byte) 128, 0};
        // The last index has no entry and is seen as black.
        byte[] pixels = {1, 1, 1, 4, 0, 9};
        ByteProcessor processor = new ByteProcessor(6, 1, pixels);
        processor.setColorModel(new LUT(8, 5, reds, greens, blues));
        ImagePlus image = new ImagePlus("test", processor);
        if (isMarked) {
            image.setTypeToColor256();
        }
        assertEquals(isMarked ? ImagePlus.COLOR_256 : ImagePlus.GRAY8, image.getType());
        ModelView view = ModelView.of(image, 1, DISPLAY);
        float[] generated = {0, 0, 1, 0, 0, 1, 0, 1, 1, 0.9f, 0, 0, 0.9f, 0, 0, 0, 0, 0};
        view.write(new RgbImage(6, 1, generated), mask(1, 0.5f, 0, 1, 1, 1));
        assertArrayEquals(new byte[] {2, 3, 1, 4, 1, 9}, pixels);
    }

    @Test
    void onlyThePositionThatIsAskedForIsWritten() {
        ImageStack stack = new ImageStack(1, 1);
        for (int index = 1; index <= 12; index++) {
            stack.addSlice("", new byte[] {(byte) index});
        }
        ImagePlus image = new ImagePlus("test", stack);
        image.setDimensions(2, 3, 2);
        ModelView.of(image, 2, 3, 2, DISPLAY).write(greys(1), mask(1));
        ModelView.of(image, 1, 1, 1, DISPLAY).write(greys(0.8f), mask(1));
        assertEquals(255, image.getStack().getProcessor(12).get(0, 0));
        assertEquals(204, image.getProcessor().get(0, 0));
        for (int index = 2; index <= 11; index++) {
            assertEquals(index, stack.getProcessor(index).get(0, 0));
        }
    }

    @Test
    void aPictureOfAnotherSizeIsABugOfTheCaller() {
        ModelView view = view(new ByteProcessor(2, 1), DISPLAY);
        assertThrows(IllegalArgumentException.class, () -> view.write(greys(1), mask(1, 1)));
        assertThrows(IllegalArgumentException.class, () -> view.write(greys(1, 1), mask(1)));
    }
}
