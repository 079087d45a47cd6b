package sc.fiji.diffusion.pixels;

import ij.process.LUT;
import java.util.Optional;
import sc.fiji.diffusion.engine.RequestException;

/**
 * The values of one channel at one position of a stack, and how they are shown.
 *
 * @param values the image's own
 * @param range becomes 0 to 1
 * @param limits the part of the range that the image's type has, where new values lie
 * @param colors from 0 to 1 to what is seen
 */
record Channel(PixelValues values, Interval range, Interval limits, LookupTable colors) {

    /**
     * @param lut with the channel's display range
     * @throws RequestException if the image's type has no two values in the range that was given
     */
    static Channel of(PixelValues values, LUT lut, ValueRange wanted) {
        Interval range = rangeOf(values, lut, wanted);
        Interval limits = values.storable(range.min(), range.max())
                .orElseThrow(() -> new RequestException("range: expected at least two values that the image can hold,"
                        + " found " + range.min() + " to " + range.max()));
        return new Channel(values, range, limits, LookupTable.of(lut));
    }

    private static Interval rangeOf(PixelValues values, LUT lut, ValueRange wanted) {
        if (wanted instanceof ValueRange.Given given) {
            return new Interval(given.min(), given.max());
        }
        if (wanted instanceof ValueRange.DisplayRange) {
            return displayRange(values, lut).orElseGet(values::minMax);
        }
        return values.minMax();
    }

    private static Optional<Interval> displayRange(PixelValues values, LUT lut) {
        // As CompositeImage.getDisplayRangeMin has it.
        boolean whole = !(values instanceof PixelValues.Floats);
        double min = whole ? Math.rint(lut.min) : lut.min;
        double max = whole ? Math.rint(lut.max) : lut.max;
        return Interval.isInterval(min, max) && values.storable(min, max).isPresent()
                ? Optional.of(new Interval(min, max))
                : Optional.empty();
    }

    /** The range, as a user would give it. */
    ValueRange.Given given() {
        return new ValueRange.Given(range.min(), range.max());
    }

    /** Where the pixel's value lies in the range, from 0 to 1. */
    double fraction(int pixel) {
        return range.fractionOf(values.get(pixel));
    }

    /** The pixel's value, or the nearest in the range. */
    double valueInRange(int pixel) {
        return limits.clamp(values.get(pixel));
    }

    /** False for NaN and infinities, which are never written over. */
    boolean isWritable(int pixel) {
        return Double.isFinite(values.get(pixel));
    }

    /**
     * Blends a generated value with the pixel's own, and stores the nearest in the range.
     *
     * @param share of the generated value, above 0 and at most 1
     */
    void blend(int pixel, double generated, float share) {
        double old = values.get(pixel);
        if (Double.isFinite(old)) {
            // Two cases, because old + (generated - old) loses a small value beside a huge one.
            double blended = share < 1 ? old + share * (generated - old) : generated;
            values.set(pixel, limits.clamp(blended));
        }
    }
}
