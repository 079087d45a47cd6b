package sc.fiji.diffusion.canvas;

import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.Size;

/**
 * One of ImageJ's pixel arrays in another size, of the same type, interpolated by a Lanczos kernel. Values are kept
 * between the smallest and the largest that were there; NaN and infinities lie where they lay, and make nothing else.
 *
 * @param from of the array
 * @param to of the new one
 */
record ScaledPixels(Size from, Size to) {

    /** @param pixels of 8, 16 or 32 bits or RGB */
    Object of(Object pixels) {
        if (pixels instanceof int[] colours) {
            return ofColours(colours);
        }
        float[] values = values(pixels);
        float[] scaled = Resampling.resized(
                pixels instanceof float[] ? FiniteFill.filled(values, from.width()) : values, from, to);
        clampToFinite(scaled, values);
        if (pixels instanceof float[]) {
            putBackNotFinite(scaled, values);
            return scaled;
        }
        return wholeNumbers(scaled, pixels instanceof byte[]);
    }

    /** Each pixel is the nearest one: for indices of a palette, between which there is nothing. */
    byte[] nearest(byte[] indices) {
        byte[] scaled = new byte[to.width() * to.height()];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = indices[nearest(i)];
        }
        return scaled;
    }

    private int nearest(int pixel) {
        int x = (int) ((pixel % to.width() + 0.5) * from.width() / to.width());
        int y = (int) ((Math.floorDiv(pixel, to.width()) + 0.5) * from.height() / to.height());
        return y * from.width() + x;
    }

    private int[] ofColours(int[] colours) {
        float[] samples = new float[3 * colours.length];
        for (int i = 0; i < samples.length; i++) {
            int shift = 8 * (2 - i % 3);
            samples[i] = ((colours[i / 3] >> shift) & 255) / 255f;
        }
        RgbImage image = new RgbImage(from.width(), from.height(), samples);
        int[] scaled = Resampling.resized(image, to.width(), to.height()).packed();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] |= 0xff000000;
        }
        return scaled;
    }

    private static float[] values(Object pixels) {
        if (pixels instanceof float[] floats) {
            return floats;
        }
        int count = pixels instanceof byte[] bytes ? bytes.length : ((short[]) pixels).length;
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = pixels instanceof byte[] bytes ? bytes[i] & 0xff : ((short[]) pixels)[i] & 0xffff;
        }
        return values;
    }

    private static Object wholeNumbers(float[] values, boolean asBytes) {
        byte[] bytes = new byte[asBytes ? values.length : 0];
        short[] shorts = new short[asBytes ? 0 : values.length];
        for (int i = 0; i < values.length; i++) {
            int value = (int) (values[i] + 0.5f);
            if (asBytes) {
                bytes[i] = (byte) value;
            } else {
                shorts[i] = (short) value;
            }
        }
        return asBytes ? bytes : shorts;
    }

    private static void clampToFinite(float[] scaled, float[] values) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            if (Float.isFinite(value)) {
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }
        for (int i = 0; i < scaled.length && min <= max; i++) {
            scaled[i] = Math.min(max, Math.max(min, scaled[i]));
        }
    }

    private void putBackNotFinite(float[] scaled, float[] values) {
        for (int i = 0; i < scaled.length; i++) {
            float there = values[nearest(i)];
            if (!Float.isFinite(there)) {
                scaled[i] = there;
            }
        }
    }
}
