package sc.fiji.diffusion.engine.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

/** Images and masks by formula or from a seed, and comparisons that name the coordinate. */
final class Pictures {

    private Pictures() {}

    /** A sample by its place. */
    interface Samples {
        double at(int x, int y, int channel);
    }

    /** A mask's value by its place. */
    interface Values {
        double at(int x, int y);
    }

    static RgbImage image(int width, int height, Samples formula) {
        float[] samples = new float[width * height * 3];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) formula.at(i / 3 % width, i / 3 / width, i % 3);
        }
        return new RgbImage(width, height, samples);
    }

    static RgbImage noise(int width, int height, long seed) {
        Random random = new Random(seed);
        return image(width, height, (x, y, channel) -> random.nextFloat());
    }

    static RgbImage constant(int width, int height, float value) {
        return image(width, height, (x, y, channel) -> value);
    }

    static Mask mask(int width, int height, Values formula) {
        float[] values = new float[width * height];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) formula.at(i % width, i / width);
        }
        return new Mask(width, height, values);
    }

    /** A third zeros, a third ones, a third between them. */
    static Mask softMask(int width, int height, long seed) {
        Random random = new Random(seed);
        return mask(width, height, (x, y) -> Math.min(1, Math.max(0, 3 * random.nextDouble() - 1)));
    }

    static Mask hardMask(int width, int height, double share, long seed) {
        Random random = new Random(seed);
        return mask(width, height, (x, y) -> random.nextDouble() < share ? 1 : 0);
    }

    static void assertSamples(int width, int height, Samples expected, RgbImage found, double tolerance) {
        assertEquals(new Size(width, height), new Size(found.width(), found.height()));
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    String place = "x " + x + ", y " + y + ", channel " + channel;
                    assertEquals(expected.at(x, y, channel), found.at(x, y, channel), tolerance, place);
                }
            }
        }
    }

    static void assertSame(RgbImage expected, RgbImage found, double tolerance) {
        assertSamples(expected.width(), expected.height(), expected::at, found, tolerance);
    }

    static void assertValues(int width, int height, Values expected, Mask found, double tolerance) {
        assertEquals(new Size(width, height), new Size(found.width(), found.height()));
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                assertEquals(expected.at(x, y), found.at(x, y), tolerance, "x " + x + ", y " + y);
            }
        }
    }
}
