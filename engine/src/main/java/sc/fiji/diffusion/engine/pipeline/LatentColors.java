package sc.fiji.diffusion.engine.pipeline;

import java.util.Arrays;
import java.util.function.Function;
import sc.fiji.diffusion.engine.image.Gaussian;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.scheduler.TorchRandom;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * A rough and quick decoder: each pixel of the latents becomes 2×2 pixels, whose colours are a linear function of its
 * channels; of what it has in common with its neighbours, the four have their mean, as areas would be chequered otherwise.
 * Fitted by least squares to what the model's own VAE makes of noise, 16×16 latents of it, which is decoded
 * once. With {@code micrograph} such pictures correlate with the decoded ones by 0.88, not much less than the best linear
 * function does (0.90).
 *
 * @param weights {@code [12, channels + 1]}: red, green, blue of the four pixels row by row, from the channels and 1
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed to nobody
record LatentColors(double[][] weights) {

    /** Pixels along a side of a latent's pixel. */
    static final int SIDE = 2;

    private static final int OUTPUTS = 3 * SIDE * SIDE;

    /** Of the noise, in latents. */
    private static final int FITTED = 16;

    private static final long SEED = 0;

    /** Six standard deviations of a Gaussian, in latents. */
    private static final double NEIGHBOURHOOD = 9;

    /**
     * Fits the map.
     *
     * @param decoder from {@code [1, channels, 16, 16]}, as the UNet sees latents, to a picture
     */
    static LatentColors fit(int channels, Function<Tensor, RgbImage> decoder) {
        Tensor noise = Tensor.of(new TorchRandom(SEED).next(channels * FITTED * FITTED), 1, channels, FITTED, FITTED);
        RgbImage wanted = Resampling.resized(decoder.apply(noise), SIDE * FITTED, SIDE * FITTED);
        LeastSquares squares = new LeastSquares(channels + 1, OUTPUTS);
        double[] outputs = new double[OUTPUTS];
        for (int pixel = 0; pixel < FITTED * FITTED; pixel++) {
            for (int output = 0; output < OUTPUTS; output++) {
                outputs[output] = wanted.at(x(output, pixel, FITTED), y(output, pixel, FITTED), output % 3);
            }
            squares.add(inputs(noise, pixel), outputs);
        }
        return new LatentColors(squares.solution());
    }

    /** Where in the picture an output of a latent's pixel lies. */
    private static int x(int output, int pixel, int width) {
        return SIDE * (pixel % width) + output / 3 % SIDE;
    }

    private static int y(int output, int pixel, int width) {
        return SIDE * (pixel / width) + output / 3 / SIDE;
    }

    private static double[] inputs(Tensor latents, int pixel) {
        int channels = latents.size(1);
        int plane = latents.size(2) * latents.size(3);
        double[] inputs = new double[channels + 1];
        for (int channel = 0; channel < channels; channel++) {
            inputs[channel] = latents.values()[channel * plane + pixel];
        }
        inputs[channels] = 1;
        return inputs;
    }

    /**
     * A picture of twice the latents' size.
     *
     * @param latents {@code [1, channels, h, w]}, as the UNet sees them
     */
    RgbImage picture(Tensor latents) {
        int width = latents.size(3);
        Tensor around = softened(latents);
        float[] samples = new float[OUTPUTS * width * latents.size(2)];
        for (int pixel = 0; pixel < width * latents.size(2); pixel++) {
            double[] own = inputs(latents, pixel);
            double[] shared = inputs(around, pixel);
            for (int output = 0; output < OUTPUTS; output++) {
                int at = y(output, pixel, width) * SIDE * width + x(output, pixel, width);
                samples[3 * at + output % 3] = sample(output, own, shared);
            }
        }
        return new RgbImage(SIDE * width, SIDE * latents.size(2), samples);
    }

    private static Tensor softened(Tensor latents) {
        int plane = latents.size(2) * latents.size(3);
        float[] softened = new float[latents.values().length];
        for (int start = 0; start < softened.length; start += plane) {
            float[] channel = Arrays.copyOfRange(latents.values(), start, start + plane);
            float[] soft = Gaussian.softened(channel, latents.size(3), latents.size(2), 1, NEIGHBOURHOOD);
            System.arraycopy(soft, 0, softened, start, plane);
        }
        return new Tensor(latents.shape(), softened);
    }

    private float sample(int output, double[] own, double[] shared) {
        double sum = 0;
        for (int i = 0; i < own.length; i++) {
            double mean = 0;
            for (int alike = output % 3; alike < OUTPUTS; alike += 3) {
                mean += weights[alike][i] / (SIDE * SIDE);
            }
            sum += mean * shared[i] + weights[output][i] * (own[i] - shared[i]);
        }
        return (float) Math.min(1, Math.max(0, sum));
    }
}
