package sc.fiji.diffusion.engine.watermark;

import sc.fiji.diffusion.engine.image.RgbImage;

/**
 * Bits as invisible-watermark's {@code dwtDct} hides them, one in each block of 8×8 pixels: in the colour difference U,
 * its low band after one step of Haar's wavelet (4×4 values; no DCT is taken, in spite of the name), and there the
 * largest value but the first, which is quantized (B. Chen, G. W. Wornell, "Quantization Index Modulation", IEEE Trans.
 * Information Theory 47, 2001): in the upper half of a step of {@value #STEP} it is a one.
 */
final class QuantizedBlocks {

    private static final int SIDE = 4;
    private static final int STEP = 36;

    private QuantizedBlocks() {}

    /**
     * The bits of all blocks, row by row.
     *
     * @param blue the channel that is taken for blue: 2, or 0 where red and blue were exchanged
     * @param neutral what is added to U, which is 0 in grey pixels
     */
    static boolean[] read(RgbImage image, int blue, double neutral) {
        int across = image.width() / (2 * SIDE);
        int down = image.height() / (2 * SIDE);
        boolean[] bits = new boolean[across * down];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = bit(lowBand(image, blue, i % across, i / across), 2 * neutral);
        }
        return bits;
    }

    /** Half of the sum of four pixels each. */
    private static double[] lowBand(RgbImage image, int blue, int column, int row) {
        double[] block = new double[SIDE * SIDE];
        for (int y = 0; y < 2 * SIDE; y++) {
            for (int x = 0; x < 2 * SIDE; x++) {
                int pixelX = 2 * SIDE * column + x;
                int pixelY = 2 * SIDE * row + y;
                double b = 255.0 * image.at(pixelX, pixelY, blue);
                double g = 255.0 * image.at(pixelX, pixelY, 1);
                double r = 255.0 * image.at(pixelX, pixelY, 2 - blue);
                block[SIDE * (y / 2) + x / 2] += 0.492 * (b - (0.299 * r + 0.587 * g + 0.114 * b)) / 2;
            }
        }
        return block;
    }

    private static boolean bit(double[] block, double neutral) {
        double largest = 0;
        for (int i = 1; i < block.length; i++) {
            largest = Math.max(largest, Math.abs(block[i] + neutral));
        }
        return largest % STEP > STEP / 2.0;
    }
}
