package sc.fiji.diffusion.engine.watermark;

import sc.fiji.diffusion.engine.image.Gaussian;
import sc.fiji.diffusion.engine.image.RgbImage;

/** How far a picture is from another one. */
final class Quality {

    private Quality() {}

    /** In decibels, over all samples. */
    static double psnr(RgbImage one, RgbImage other) {
        double squares = 0;
        for (int i = 0; i < one.samples().length; i++) {
            double difference = one.samples()[i] - other.samples()[i];
            squares += difference * difference;
        }
        return -10 * Math.log10(squares / one.samples().length);
    }

    /**
     * Mean structural similarity of the brightness (Wang et al., "Image Quality Assessment", IEEE Trans. Image
     * Processing 13, 2004), by a Gaussian of 1.5 pixels.
     */
    static double ssim(RgbImage one, RgbImage other) {
        float[] a = LocalContrast.brightness(one);
        float[] b = LocalContrast.brightness(other);
        float[] meanA = mean(one, a, a, false);
        float[] meanB = mean(one, b, b, false);
        float[] squareA = mean(one, a, a, true);
        float[] squareB = mean(one, b, b, true);
        float[] product = mean(one, a, b, true);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double c1 = 0.01 * 255 * 0.01 * 255;
            double c2 = 0.03 * 255 * 0.03 * 255;
            double means = meanA[i] * meanB[i];
            double squares = meanA[i] * meanA[i] + meanB[i] * meanB[i];
            sum += (2 * means + c1)
                    * (2 * (product[i] - means) + c2)
                    / ((squares + c1) * (squareA[i] + squareB[i] - squares + c2));
        }
        return sum / a.length;
    }

    private static float[] mean(RgbImage size, float[] one, float[] other, boolean product) {
        float[] values = one.clone();
        if (product) {
            for (int i = 0; i < values.length; i++) {
                values[i] *= other[i];
            }
        }
        return Gaussian.softened(values, size.width(), size.height(), 1, 9);
    }
}
