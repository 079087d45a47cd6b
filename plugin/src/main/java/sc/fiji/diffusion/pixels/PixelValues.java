package sc.fiji.diffusion.pixels;

import java.util.Optional;

/** One of ImageJ's arrays of single values, read and written in place. */
sealed interface PixelValues {

    int BYTE_MAX = 255;
    int SHORT_MAX = 65535;

    /** The values in one of ImageJ's arrays; empty if it holds no single values. */
    static Optional<PixelValues> of(Object pixels) {
        if (pixels instanceof byte[] bytes) {
            return Optional.of(new Bytes(bytes));
        }
        if (pixels instanceof short[] shorts) {
            return Optional.of(new Shorts(shorts));
        }
        return pixels instanceof float[] floats ? Optional.of(new Floats(floats)) : Optional.empty();
    }

    int count();

    double get(int pixel);

    /** Stores the nearest value that the type has; {@code value} lies between two that it has. */
    void set(int pixel, double value);

    /** The first and the last value of the type from {@code min} to {@code max}; empty if there are no two. */
    Optional<Interval> storable(double min, double max);

    /** What serves as a range where all values are the same, or there are none. */
    Interval rangeIfFlat(double value);

    /** From the smallest to the largest finite value. */
    default Interval minMax() {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int pixel = 0; pixel < count(); pixel++) {
            double value = get(pixel);
            if (Double.isFinite(value)) {
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }
        return min < max ? new Interval(min, max) : rangeIfFlat(Double.isFinite(min) ? min : 0);
    }

    private static Optional<Interval> wholeNumbers(double min, double max, int largest) {
        double first = Math.max(0, Math.ceil(min));
        double last = Math.min(largest, Math.floor(max));
        return first < last ? Optional.of(new Interval(first, last)) : Optional.empty();
    }

    /** 8 bits, unsigned. */
    @SuppressWarnings("ArrayRecordComponent") // the image's own array, never compared
    record Bytes(byte[] pixels) implements PixelValues {

        @Override
        public int count() {
            return pixels.length;
        }

        @Override
        public double get(int pixel) {
            return pixels[pixel] & BYTE_MAX;
        }

        @Override
        public void set(int pixel, double value) {
            pixels[pixel] = (byte) (int) (value + 0.5);
        }

        @Override
        public Optional<Interval> storable(double min, double max) {
            return wholeNumbers(min, max, BYTE_MAX);
        }

        @Override
        public Interval rangeIfFlat(double value) {
            return new Interval(0, BYTE_MAX);
        }
    }

    /** 16 bits, unsigned. */
    @SuppressWarnings("ArrayRecordComponent") // the image's own array, never compared
    record Shorts(short[] pixels) implements PixelValues {

        @Override
        public int count() {
            return pixels.length;
        }

        @Override
        public double get(int pixel) {
            return pixels[pixel] & SHORT_MAX;
        }

        @Override
        public void set(int pixel, double value) {
            pixels[pixel] = (short) (int) (value + 0.5);
        }

        @Override
        public Optional<Interval> storable(double min, double max) {
            return wholeNumbers(min, max, SHORT_MAX);
        }

        @Override
        public Interval rangeIfFlat(double value) {
            return new Interval(0, SHORT_MAX);
        }
    }

    /** 32 bits, floating point. */
    @SuppressWarnings("ArrayRecordComponent") // the image's own array, never compared
    record Floats(float[] pixels) implements PixelValues {

        @Override
        public int count() {
            return pixels.length;
        }

        @Override
        public double get(int pixel) {
            return pixels[pixel];
        }

        @Override
        public void set(int pixel, double value) {
            pixels[pixel] = (float) value;
        }

        @Override
        public Optional<Interval> storable(double min, double max) {
            float first = (float) Math.max(-Float.MAX_VALUE, min);
            float last = (float) Math.min(Float.MAX_VALUE, max);
            first = first < min ? Math.nextUp(first) : first;
            last = last > max ? Math.nextDown(last) : last;
            return first < last ? Optional.of(new Interval(first, last)) : Optional.empty();
        }

        @Override
        public Interval rangeIfFlat(double value) {
            return new Interval(Math.min(0, value), Math.max(1, value));
        }
    }
}
