package sc.fiji.diffusion.pixels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ColorProcessor;
import ij.process.LUT;
import java.awt.Color;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.RgbImage;

class CompositeViewTest {

    private static final ValueRange DISPLAY = new ValueRange.DisplayRange();
    private static final int SIZE = 16;

    private static CompositeImage composite(int mode, double max, Object[] pixels, Color... colors) {
        int width = pixels[0] instanceof byte[] ? SIZE : 1;
        ImageStack stack = new ImageStack(width, width);
        LUT[] luts = new LUT[colors.length];
        for (int channel = 0; channel < colors.length; channel++) {
            stack.addSlice("", pixels[channel]);
            luts[channel] = LUT.createLutFromColor(colors[channel]);
            luts[channel].max = max;
        }
        ImagePlus image = new ImagePlus("test", stack);
        image.setDimensions(colors.length, 1, 1);
        CompositeImage composite = new CompositeImage(image, mode);
        composite.setLuts(luts);
        return composite;
    }

    private static CompositeImage randomBytes(long seed, Color... colors) {
        Random random = new Random(seed);
        byte[][] pixels = new byte[colors.length][SIZE * SIZE];
        for (byte[] channel : pixels) {
            random.nextBytes(channel);
        }
        return composite(CompositeImage.COMPOSITE, 255, pixels, colors);
    }

    private static RgbImage one(double red, double green, double blue) {
        return new RgbImage(1, 1, new float[] {(float) red, (float) green, (float) blue});
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void theModelSeesWhatImageJShows(int hidden) {
        CompositeImage composite = randomBytes(hidden, Color.CYAN, Color.MAGENTA, Color.ORANGE, Color.WHITE);
        composite.getActiveChannels()[hidden] = hidden == 0;
        composite.updateImage();
        int[] shown = (int[]) new ColorProcessor(composite.getImage()).getPixels();
        int[] seen = ModelView.of(composite, 1, DISPLAY).seen().packed();
        for (int pixel = 0; pixel < shown.length; pixel++) {
            assertEquals(Integer.toHexString(shown[pixel] & 0xffffff), Integer.toHexString(seen[pixel]), "" + pixel);
        }
    }

    @Test
    void whatAnotherImageOfTheSameKindShowsBecomesItsValues() {
        Color[] colors = {Color.RED, Color.GREEN, Color.BLUE};
        CompositeImage image = randomBytes(1, colors);
        CompositeImage other = randomBytes(2, colors);
        ModelView.of(image, 2, DISPLAY).write(ModelView.of(other, 1, DISPLAY).seen(), Mask.everything(SIZE, SIZE));
        for (int channel = 1; channel <= 3; channel++) {
            assertArrayEquals(
                    (byte[]) other.getStack().getPixels(channel),
                    (byte[]) image.getStack().getPixels(channel),
                    "channel " + channel);
        }
    }

    @Test
    void mixedColoursAreTakenApartAndBlendedInValues() {
        short[][] pixels = {{1000}, {2000}};
        CompositeImage image = composite(CompositeImage.COMPOSITE, 10_000, pixels, Color.MAGENTA, Color.YELLOW);
        ModelView view = ModelView.of(image, 1, DISPLAY);
        assertArrayEquals(new float[] {0.3f, 0.2f, 0.1f}, view.seen().samples(), 1e-6f);
        view.write(one(0.9, 0.4, 0.5), new Mask(1, 1, new float[] {0.5f}));
        assertEquals(3000, pixels[0][0], 1);
        assertEquals(3000, pixels[1][0], 1);
    }

    @Test
    void aChannelThatIsNotANumberLeavesTheChangeToTheOthers() {
        float[][] pixels = {{Float.NaN}, {0.25f}, {0.25f}};
        CompositeImage image = composite(CompositeImage.COMPOSITE, 1, pixels, Color.GREEN, Color.GREEN, Color.RED);
        ModelView view = ModelView.of(image, 1, DISPLAY);
        assertArrayEquals(new float[] {0.25f, 0.25f, 0}, view.seen().samples(), 1e-6f);
        view.write(one(0.25, 0.75, 0), Mask.everything(1, 1));
        assertEquals(Float.NaN, pixels[0][0]);
        assertEquals(0.75f, pixels[1][0], 1e-3f);
        assertEquals(0.25f, pixels[2][0]);
    }

    @Test
    void anInfiniteChannelIsSeenAtItsMaximumAndLeavesTheChangeToTheOthers() {
        float[][] pixels = {{Float.POSITIVE_INFINITY}, {0.6f}};
        CompositeImage image = composite(CompositeImage.COMPOSITE, 1, pixels, Color.GREEN, Color.GREEN);
        ModelView view = ModelView.of(image, 1, DISPLAY);
        assertEquals(one(0, 1, 0), view.seen());
        view.write(one(0, 0.5, 0), Mask.everything(1, 1));
        assertEquals(Float.POSITIVE_INFINITY, pixels[0][0]);
        assertEquals(0.1f, pixels[1][0], 1e-3f);
    }

    @Test
    void hiddenChannelsAreNotWritten() {
        short[][] pixels = {{100}, {200}, {300}};
        CompositeImage image = composite(CompositeImage.COMPOSITE, 1000, pixels, Color.RED, Color.GREEN, Color.BLUE);
        image.getActiveChannels()[1] = false;
        image.getActiveChannels()[2] = false;
        ModelView view = ModelView.of(image, 3, DISPLAY);
        assertEquals(one(0.1, 0, 0), view.seen());
        view.write(one(0.7, 1, 1), Mask.everything(1, 1));
        assertArrayEquals(new short[][] {{700}, {200}, {300}}, pixels);
    }

    @ParameterizedTest
    @ValueSource(ints = {CompositeImage.COLOR, CompositeImage.GRAYSCALE})
    void otherModesShowTheChannelThatIsAskedFor(int mode) {
        short[][] pixels = {{100}, {200}};
        CompositeImage image = composite(mode, 1000, pixels, Color.RED, Color.GREEN);
        ModelView view = ModelView.of(image, 2, 1, 1, DISPLAY);
        assertEquals(mode == CompositeImage.COLOR ? one(0, 0.2, 0) : one(0.2, 0.2, 0.2), view.seen());
        view.write(one(0.5, 0.5, 0.5), Mask.everything(1, 1));
        assertArrayEquals(new short[][] {{100}, {500}}, pixels);
    }
}
