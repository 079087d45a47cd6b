package sc.fiji.diffusion.engine.watermark;

import sc.fiji.diffusion.engine.image.Gaussian;
import sc.fiji.diffusion.engine.image.RgbImage;

/**
 * What of a picture's brightness is fine, and how strong that is around each pixel.
 *
 * @param residual brightness without what is coarser than some pixels, of 255
 * @param deviation of the residual from 0, around each pixel
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record LocalContrast(float[] residual, float[] deviation) {

    /** Six standard deviations of a Gaussian. */
    private static final double WIDTH = 12;

    /** ITU-R BT.601, as the formats that keep brightness and colour apart have it. */
    static float[] brightness(RgbImage image) {
        float[] samples = image.samples();
        float[] brightness = new float[samples.length / 3];
        for (int i = 0; i < brightness.length; i++) {
            brightness[i] = 255 * (0.299f * samples[3 * i] + 0.587f * samples[3 * i + 1] + 0.114f * samples[3 * i + 2]);
        }
        return brightness;
    }

    /** @param brightness row by row */
    static LocalContrast of(float[] brightness, int width, int height) {
        float[] coarse = Gaussian.softened(brightness, width, height, 1, WIDTH);
        float[] residual = new float[brightness.length];
        float[] squares = new float[brightness.length];
        for (int i = 0; i < residual.length; i++) {
            residual[i] = brightness[i] - coarse[i];
            squares[i] = residual[i] * residual[i];
        }
        float[] deviation = Gaussian.softened(squares, width, height, 1, WIDTH);
        for (int i = 0; i < deviation.length; i++) {
            deviation[i] = (float) Math.sqrt(deviation[i]);
        }
        return new LocalContrast(residual, deviation);
    }
}
