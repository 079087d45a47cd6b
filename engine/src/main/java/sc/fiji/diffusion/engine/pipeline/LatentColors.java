package sc.fiji.diffusion.engine.pipeline;

import java.util.function.Function;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.scheduler.TorchRandom;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * A rough and quick decoder: each pixel of the latents becomes 2×2 pixels, whose colours are a linear function of its
 * channels. Fitted by least squares to what the model's own VAE makes of noise, 16×16 latents of it, which is decoded
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

    /**
     * Fits the map.
     *
     * @param decoder from {@code [1, channels, 16, 16]}, as the UNet sees latents, to a picture
     */
    static LatentColors fit(int channels, Function<Tensor, RgbImage> decoder) {
        Tensor noise = Tensor.of(new TorchRandom(SEED).next(channels * FITTED * FITTED), 1, channels, FITTED, FITTED);
        RgbImage decoded = decoder.apply(noise);
        LeastSquares squares = new LeastSquares(channels + 1, OUTPUTS);
        double[] outputs = new double[OUTPUTS];
        for (int pixel = 0; pixel < FITTED * FITTED; pixel++) {
            for (int output = 0; output < OUTPUTS; output++) {
                outputs[output] = mean(decoded, pixel % FITTED, pixel / FITTED, output);
            }
            squares.add(inputs(noise, pixel), outputs);
        }
        return new LatentColors(squares.solution());
    }

    /** Of the part of a decoded picture that one of the outputs stands for. */
    private static double mean(RgbImage decoded, int x, int y, int output) {
        int size = decoded.width() / FITTED / SIDE;
        int left = (SIDE * x + output / 3 % SIDE) * size;
        int top = (SIDE * y + output / 3 / SIDE) * size;
        double sum = 0;
        for (int i = 0; i < size * size; i++) {
            sum += decoded.at(left + i % size, top + i / size, output % 3);
        }
        return sum / (size * size);
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
        float[] samples = new float[OUTPUTS * width * latents.size(2)];
        for (int pixel = 0; pixel < width * latents.size(2); pixel++) {
            double[] inputs = inputs(latents, pixel);
            for (int output = 0; output < OUTPUTS; output++) {
                int x = SIDE * (pixel % width) + output / 3 % SIDE;
                int y = SIDE * (pixel / width) + output / 3 / SIDE;
                samples[3 * (y * SIDE * width + x) + output % 3] = sample(weights[output], inputs);
            }
        }
        return new RgbImage(SIDE * width, SIDE * latents.size(2), samples);
    }

    private static float sample(double[] weights, double[] inputs) {
        double sum = 0;
        for (int i = 0; i < inputs.length; i++) {
            sum += weights[i] * inputs[i];
        }
        return (float) Math.min(1, Math.max(0, sum));
    }
}
