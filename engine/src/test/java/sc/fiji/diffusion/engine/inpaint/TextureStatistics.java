package sc.fiji.diffusion.engine.inpaint;

import sc.fiji.diffusion.engine.image.RgbImage;

/**
 * What is left of a texture when positions are forgotten.
 *
 * @param mean of the samples' averages over red, green and blue
 * @param variance of these
 * @param spectrum mean power at each whole frequency, 1 to half the width, in cycles over the width; of the values less
 *     their mean under a Hann window
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TextureStatistics(double mean, double variance, double[] spectrum) {

    /** Powers below it are noise of the arithmetic. */
    private static final double LEAST_POWER = 1e-9;

    /** @param image as wide as high */
    static TextureStatistics of(RgbImage image) {
        int side = image.width();
        if (image.height() != side) {
            throw new IllegalArgumentException("image: expected a square, found " + image);
        }
        double[] grey = new double[side * side];
        double mean = 0;
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (image.samples()[3 * i] + image.samples()[3 * i + 1] + image.samples()[3 * i + 2]) / 3.0;
            mean += grey[i] / grey.length;
        }
        double variance = 0;
        for (double value : grey) {
            variance += (value - mean) * (value - mean) / grey.length;
        }
        return new TextureStatistics(mean, variance, spectrum(grey, side, mean));
    }

    /** Mean over the frequencies of the absolute difference of the powers, in decibels. */
    double spectrumDistance(TextureStatistics other) {
        double sum = 0;
        for (int i = 0; i < spectrum.length; i++) {
            sum += Math.abs(decibels(spectrum[i]) - decibels(other.spectrum[i]));
        }
        return sum / spectrum.length;
    }

    private static double decibels(double power) {
        return 10 * Math.log10(Math.max(power, LEAST_POWER));
    }

    private static double[] spectrum(double[] grey, int side, double mean) {
        double[] windowed = new double[grey.length];
        for (int i = 0; i < grey.length; i++) {
            windowed[i] = (grey[i] - mean) * hann(i % side, side) * hann(i / side, side);
        }
        double[] sums = new double[side / 2];
        int[] counts = new int[side / 2];
        for (int v = -side / 2; v < side / 2; v++) {
            for (int u = -side / 2; u < side / 2; u++) {
                int radius = (int) Math.round(Math.hypot(u, v));
                if (radius >= 1 && radius <= sums.length) {
                    sums[radius - 1] += power(windowed, side, u, v);
                    counts[radius - 1]++;
                }
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= counts[i];
        }
        return sums;
    }

    private static double hann(int position, int side) {
        return 0.5 - 0.5 * Math.cos(2 * Math.PI * (position + 0.5) / side);
    }

    /** By the definition of the Fourier transform: the pictures are small. */
    private static double power(double[] values, int side, int u, int v) {
        double real = 0;
        double imaginary = 0;
        for (int i = 0; i < values.length; i++) {
            double phase = 2 * Math.PI * (u * (i % side) + v * (i / side)) / side;
            real += values[i] * Math.cos(phase);
            imaginary -= values[i] * Math.sin(phase);
        }
        return (real * real + imaginary * imaginary) / values.length;
    }
}
