package sc.fiji.diffusion.pixels;

import java.util.function.DoubleSupplier;
import sc.fiji.diffusion.engine.RequestException;

/**
 * Which values of an image are the first and the last colour of its LUT when a model looks at it; new values stay in
 * between. Values are raw: a calibration function plays no part, as in ImageJ's display range. RGB images and images
 * with a palette have no range; they ignore it.
 */
public sealed interface ValueRange {

    /** In macros and scripts: {@link DisplayRange}. */
    String DISPLAY = "display";

    /** In macros and scripts: {@link MinMax}. */
    String MIN_MAX = "minmax";

    /** In macros and scripts: {@link Given}. */
    String GIVEN = "given";

    /**
     * @param min is asked for {@link #GIVEN} alone
     * @param max is asked for {@link #GIVEN} alone
     * @throws RequestException if it is none of the names, or not a range
     */
    static ValueRange named(String name, DoubleSupplier min, DoubleSupplier max) {
        return switch (name) {
            case DISPLAY -> new DisplayRange();
            case MIN_MAX -> new MinMax();
            case GIVEN -> new Given(min.getAsDouble(), max.getAsDouble());
            default -> throw new RequestException("range: expected display, minmax or given, found " + name);
        };
    }

    /**
     * What the image is displayed with, each channel with its own. A display range that can't be used, because it is
     * empty or not finite or beyond the image's type, gives way to {@link MinMax}.
     */
    record DisplayRange() implements ValueRange {}

    /**
     * The smallest and the largest finite value of the slice, each channel with its own. A flat slice, or one without
     * any finite value, has the whole range of its type: 0 to 255, 0 to 65535, and for 32 bits 0 to 1, widened to hold
     * the value.
     */
    record MinMax() implements ValueRange {}

    /**
     * The same for all channels.
     *
     * @param min finite
     * @param max finite, above {@code min}
     */
    record Given(double min, double max) implements ValueRange {

        /** @throws RequestException if it is not a range */
        public Given {
            if (!(min < max) || !Double.isFinite(max - min)) {
                throw new RequestException(
                        "range: expected a finite minimum below a finite maximum, found " + min + " to " + max);
            }
        }
    }
}
