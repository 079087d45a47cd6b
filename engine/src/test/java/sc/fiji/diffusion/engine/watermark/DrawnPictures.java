package sc.fiji.diffusion.engine.watermark;

import java.util.Random;
import sc.fiji.diffusion.engine.image.RgbImage;

/** Pictures of the kinds that are marked, or taken for marked ones, drawn from a seed. */
enum DrawnPictures {
    /** Coloured blobs with soft edges on black. */
    FLUORESCENCE {
        @Override
        RgbImage draw(int size, long seed) {
            return blobs(size, seed, 0.03, true);
        }
    },
    /** Dark blobs with hard edges on a light ground. */
    BRIGHT_FIELD {
        @Override
        RgbImage draw(int size, long seed) {
            return blobs(size, seed, 0.9, false);
        }
    },
    /** Waves of all lengths, the longer the stronger, as in photographs. */
    NATURAL {
        @Override
        RgbImage draw(int size, long seed) {
            Random random = new Random(seed);
            double[] brightness = new double[size * size];
            for (int wave = 0; wave < 80; wave++) {
                double length = 2.5 * Math.pow(size / 2.5, random.nextDouble());
                double angle = 2 * Math.PI * random.nextDouble();
                double phase = 2 * Math.PI * random.nextDouble();
                double strength = 0.05 * length / size + 0.003;
                for (int y = 0; y < size; y++) {
                    for (int x = 0; x < size; x++) {
                        double along = x * Math.cos(angle) + y * Math.sin(angle);
                        brightness[y * size + x] += strength * Math.sin(2 * Math.PI * along / length + phase);
                    }
                }
            }
            return picture(size, (x, y, channel) -> 0.5 + 0.05 * channel + brightness[y * size + x]);
        }
    },
    /** Of a camera, and nothing else. */
    NOISE {
        @Override
        RgbImage draw(int size, long seed) {
            Random random = new Random(seed);
            return picture(size, (x, y, channel) -> 0.3 + 0.1 * random.nextGaussian());
        }
    },
    /** As periodic as the mark. */
    GRID {
        @Override
        RgbImage draw(int size, long seed) {
            int period = 4 + (int) (seed % 12);
            return picture(size, (x, y, channel) -> x % period == 0 || y % period == 0 ? 0.9 : 0.2);
        }
    },
    /** One grey. */
    FLAT {
        @Override
        RgbImage draw(int size, long seed) {
            return picture(size, (x, y, channel) -> 0.2 + 0.05 * (seed % 10));
        }
    };

    /** A square picture. */
    abstract RgbImage draw(int size, long seed);

    private interface Formula {
        double at(int x, int y, int channel);
    }

    private static RgbImage blobs(int size, long seed, double ground, boolean soft) {
        Random random = new Random(seed);
        int count = 8 + size * size / 1500;
        double[][] blobs = new double[count][];
        for (int i = 0; i < count; i++) {
            blobs[i] = new double[] {
                size * random.nextDouble(),
                size * random.nextDouble(),
                3 + 7 * random.nextDouble(),
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble()
            };
        }
        return picture(size, (x, y, channel) -> {
            double value = ground + 0.01 * Math.sin(12.9898 * x + 78.233 * y);
            for (double[] blob : blobs) {
                if (Math.abs(x - blob[0]) > 3 * blob[2] || Math.abs(y - blob[1]) > 3 * blob[2]) {
                    continue;
                }
                double distance = Math.hypot(x - blob[0], y - blob[1]) / blob[2];
                double share = soft ? Math.exp(-distance * distance) : 1 / (1 + Math.exp(8 * (distance - 1)));
                value += share * (soft ? blob[3 + channel] : 0.6 * blob[3 + channel] - ground);
            }
            return value;
        });
    }

    private static RgbImage picture(int size, Formula formula) {
        float[] samples = new float[3 * size * size];
        for (int i = 0; i < samples.length; i++) {
            // In 8 bits, as all files have it.
            double sample = Math.min(1, Math.max(0, formula.at(i / 3 % size, i / 3 / size, i % 3)));
            samples[i] = Math.round(255 * sample) / 255f;
        }
        return new RgbImage(size, size, samples);
    }
}
