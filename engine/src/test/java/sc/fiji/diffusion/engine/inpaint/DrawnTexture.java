package sc.fiji.diffusion.engine.inpaint;

import java.util.Random;
import sc.fiji.diffusion.engine.image.RgbImage;

/** Regular textures, in green on black, with a little noise. */
enum DrawnTexture {
    STRIPES("green filaments on a dark background") {
        @Override
        double value(double x, double y) {
            return 0.5 + 0.4 * Math.sin(2 * Math.PI * (x + 0.5 * y) / PERIOD);
        }
    },
    CHECKERBOARD("green tissue") {
        @Override
        double value(double x, double y) {
            return (Math.floorMod((int) Math.floor(x), PERIOD) < PERIOD / 2)
                            == (Math.floorMod((int) Math.floor(y), PERIOD) < PERIOD / 2)
                    ? 0.8
                    : 0.2;
        }
    },
    DOTS("many green beads on a dark background") {
        @Override
        double value(double x, double y) {
            double dx = Math.floorMod((int) Math.floor(x), PERIOD) - PERIOD / 2.0;
            double dy = Math.floorMod((int) Math.floor(y), PERIOD) - PERIOD / 2.0;
            return 0.05 + 0.85 * Math.exp(-(dx * dx + dy * dy) / 6);
        }
    };

    private static final int PERIOD = 12;
    private static final double NOISE = 0.03;

    private final String prompt;

    DrawnTexture(String prompt) {
        this.prompt = prompt;
    }

    /** The nearest that the embedded model knows words for. */
    String prompt() {
        return prompt;
    }

    /** A square picture of it, shifted and with noise of its own for each seed. */
    RgbImage drawn(int side, long seed) {
        Random random = new Random(seed);
        int shiftX = random.nextInt(PERIOD);
        int shiftY = random.nextInt(PERIOD);
        float[] samples = new float[3 * side * side];
        for (int i = 0; i < side * side; i++) {
            double value = value(i % side + shiftX, Math.floorDiv(i, side) + shiftY) + NOISE * random.nextGaussian();
            samples[3 * i + 1] = (float) Math.min(1, Math.max(0, value));
        }
        return new RgbImage(side, side, samples);
    }

    abstract double value(double x, double y);
}
