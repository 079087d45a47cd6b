package sc.fiji.diffusion.pixels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.process.LUT;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.RgbImage;

/** What holds for every type of image, every LUT, range, mask and picture. */
class ModelViewPropertiesTest {

    @Property(tries = 1500)
    void nothingOutsideTheMaskChangesAndAllThatIsNewLiesInTheRange(
            @ForAll Kind kind,
            @ForAll @IntRange(min = 1, max = 70) int width,
            @ForAll @IntRange(min = 1, max = 50) int height,
            @ForAll Random random) {
        RandomImages images = new RandomImages(random);
        ImagePlus image = images.image(kind, width, height);
        Mask mask = images.mask(width, height);
        ValueRange range = images.range(kind);
        int index = 1 + random.nextInt(image.getStackSize());
        ImageState before = ImageState.of(image);

        ModelView view = ModelView.of(image, index, range);
        RgbImage seen = view.seen();
        for (float sample : seen.samples()) {
            assertTrue(sample >= 0 && sample <= 1, () -> "seen: " + sample);
        }
        view.write(images.picture(width, height), mask);

        ImageState after = ImageState.of(image);
        assertEquals(before.facts(), after.facts());
        int[] viewed = image.convertIndexToPosition(index);
        for (int i = 1; i <= image.getStackSize(); i++) {
            assertSame(before.arrays().get(i - 1), after.arrays().get(i - 1), "the array of slice " + i);
            int[] position = image.convertIndexToPosition(i);
            boolean mayChange = position[1] == viewed[1]
                    && position[2] == viewed[2]
                    && kind.mayChange(image, viewed[0], position[0]);
            Object old = before.pixels().get(i - 1);
            double[] expected = kind.hasRange() ? expectedRange(image, old, position[0], range) : null;
            for (int pixel = 0; pixel < width * height; pixel++) {
                String where = kind + " slice " + i + " x " + pixel % width + " y " + pixel / width;
                Object now = after.pixels().get(i - 1);
                if (!mayChange || !(mask.values()[pixel] > 0)) {
                    assertEquals(ImageState.bits(old, pixel), ImageState.bits(now, pixel), where);
                } else {
                    assertGood(old, now, pixel, expected, where);
                }
            }
        }
    }

    /** Whatever the LUT; but what was outside the range, where the model saw it clipped, is in it now. */
    @Property(tries = 800)
    void anUnchangedPictureLeavesEveryValueInTheRangeAsItWas(
            @ForAll Kind kind,
            @ForAll @IntRange(min = 1, max = 70) int width,
            @ForAll @IntRange(min = 1, max = 50) int height,
            @ForAll Random random) {
        RandomImages images = new RandomImages(random);
        ImagePlus image = images.image(kind, width, height);
        ValueRange range = images.range(kind);
        int index = 1 + random.nextInt(image.getStackSize());
        ImageState before = ImageState.of(image);
        ModelView view = ModelView.of(image, index, range);
        view.write(view.seen(), random.nextBoolean() ? Mask.everything(width, height) : images.mask(width, height));
        ImageState after = ImageState.of(image);
        for (int i = 1; i <= image.getStackSize(); i++) {
            Object old = before.pixels().get(i - 1);
            Object now = after.pixels().get(i - 1);
            int channel = image.convertIndexToPosition(i)[0];
            double[] expected = kind.hasRange() ? expectedRange(image, old, channel, range) : null;
            for (int pixel = 0; pixel < width * height; pixel++) {
                boolean clipped = expected != null && !isIn(ImageState.value(old, pixel), expected);
                if (clipped && Double.isFinite(ImageState.value(old, pixel))) {
                    continue;
                }
                assertEquals(
                        ImageState.bits(old, pixel),
                        ImageState.bits(now, pixel),
                        kind + " slice " + i + " x " + pixel % width + " y " + pixel / width);
            }
        }
    }

    /** As if the picture had been a PNG file in between. */
    @Property(tries = 100)
    void aPictureOfEightBitsMovesValuesByHalfALevelAtMost(@ForAll boolean whole, @ForAll Random random) {
        RandomImages images = new RandomImages(random);
        ImagePlus image = images.image(whole ? Kind.GREY_16 : Kind.FLOAT, 40, 30);
        image.getProcessor().setLut(images.lut(random.nextInt(2)));
        Object old = ImageState.of(image).pixels().get(0);
        ModelView view = ModelView.of(image, 1, new ValueRange.MinMax());
        float[] samples = view.seen().samples();
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Math.round(samples[i] * 255) / 255f;
        }
        view.write(new RgbImage(40, 30, samples), Mask.everything(40, 30));
        double[] range = expectedRange(image, old, 1, new ValueRange.MinMax());
        double half = (range[1] - range[0]) / 255 / 2 * 1.0001 + (whole ? 0.5 : 0);
        for (int pixel = 0; pixel < 40 * 30; pixel++) {
            double before = ImageState.value(old, pixel);
            double after = ImageState.value(image.getStack().getPixels(1), pixel);
            assertTrue(!Double.isFinite(before) || Math.abs(after - before) <= half, "pixel " + pixel + ": " + before);
        }
    }

    private static void assertGood(Object old, Object now, int pixel, double[] expected, String where) {
        if (expected == null) {
            // Any RGB and any index is good; the unused byte of RGB stays.
            assertEquals(ImageState.bits(old, pixel) >>> 24, ImageState.bits(now, pixel) >>> 24, where);
        } else if (!Double.isFinite(ImageState.value(old, pixel))) {
            assertEquals(ImageState.bits(old, pixel), ImageState.bits(now, pixel), where);
        } else {
            double value = ImageState.value(now, pixel);
            assertTrue(isIn(value, expected), () -> where + ": " + value);
        }
    }

    private static boolean isIn(double value, double[] range) {
        return value >= range[0] && value <= range[1];
    }

    /** The range by other means than the code under test. */
    private static double[] expectedRange(ImagePlus image, Object pixels, int channel, ValueRange range) {
        if (range instanceof ValueRange.Given given) {
            return new double[] {given.min(), given.max()};
        }
        if (range instanceof ValueRange.DisplayRange) {
            LUT[] luts = image.getLuts();
            LUT lut = luts[luts.length == 1 ? 0 : channel - 1];
            return new double[] {lut.min, lut.max};
        }
        double[] values = IntStream.range(0, image.getWidth() * image.getHeight())
                .mapToDouble(pixel -> ImageState.value(pixels, pixel))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        double min = values.length == 0 ? 0 : values[0];
        double max = values.length == 0 ? 0 : values[values.length - 1];
        if (min < max) {
            return new double[] {min, max};
        }
        return switch (image.getBitDepth()) {
            case 8 -> new double[] {0, 255};
            case 16 -> new double[] {0, 65535};
            default -> new double[] {Math.min(0, min), Math.max(1, max)};
        };
    }
}
