package sc.fiji.diffusion.hint;

import sc.fiji.diffusion.engine.image.RgbImage;

/**
 * Brightness alone.
 *
 * @param width in pixels
 * @param values row by row, 0 to 1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GreyPicture(int width, float[] values) {

    /** Weighs the colours as ITU-R 601-2 does. */
    static GreyPicture of(RgbImage image) {
        float[] samples = image.samples();
        float[] values = new float[samples.length / 3];
        for (int i = 0; i < values.length; i++) {
            double value = 0.299 * samples[3 * i] + 0.587 * samples[3 * i + 1] + 0.114 * samples[3 * i + 2];
            values[i] = (float) Math.min(1, value);
        }
        return new GreyPicture(image.width(), values);
    }

    /** White where it is true, black elsewhere. */
    static RgbImage white(boolean[] where, int width) {
        float[] values = new float[where.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = where[i] ? 1 : 0;
        }
        return new GreyPicture(width, values).toRgb();
    }

    GreyPicture inverted() {
        float[] inverted = new float[values.length];
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] = 1 - values[i];
        }
        return new GreyPicture(width, inverted);
    }

    RgbImage toRgb() {
        float[] samples = new float[3 * values.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = values[i / 3];
        }
        return new RgbImage(width, values.length / width, samples);
    }
}
