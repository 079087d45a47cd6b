package sc.fiji.diffusion.stack;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Which numbers along one axis of a stack: those of the slice that is shown, all, or a range. */
public sealed interface AxisPart {

    /** That of the slice that is shown. */
    AxisPart CURRENT = new Current();

    /** Every one. */
    AxisPart ALL = new All();

    /** Reads {@code current}, {@code all}, or else a range such as {@code 2-5,7}, which is checked when it is used. */
    static AxisPart of(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "current" -> CURRENT;
            case "all" -> ALL;
            default -> new Range(text);
        };
    }

    /**
     * The numbers in ascending order, each once.
     *
     * @param axis what messages call it, such as {@code slices}
     * @param current the number that is shown, from 1 to count
     * @param count the largest number
     * @throws sc.fiji.diffusion.engine.RequestException if a range is malformed, empty, or beyond the axis
     */
    List<Integer> numbers(String axis, int current, int count);

    /** That of the slice that is shown. */
    record Current() implements AxisPart {

        @Override
        public List<Integer> numbers(String axis, int current, int count) {
            return List.of(current);
        }
    }

    /** Every one. */
    record All() implements AxisPart {

        @Override
        public List<Integer> numbers(String axis, int current, int count) {
            return IntStream.rangeClosed(1, count).boxed().toList();
        }
    }

    /**
     * Numbers and ranges as in ImageJ's Make Substack, such as {@code 2-5,7} or with an increment {@code 2-14-3}.
     *
     * @param text as it was typed
     */
    record Range(String text) implements AxisPart {

        @Override
        public List<Integer> numbers(String axis, int current, int count) {
            return NumberRanges.numbers(axis, text, count);
        }
    }
}
