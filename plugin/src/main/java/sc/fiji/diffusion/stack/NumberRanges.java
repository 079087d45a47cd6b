package sc.fiji.diffusion.stack;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sc.fiji.diffusion.engine.RequestException;

/** Reads ranges as people type them in ImageJ. */
final class NumberRanges {

    /** First, last and increment; nine digits fit into an int. */
    private static final Pattern RANGE =
            Pattern.compile("\\s*(\\d{1,9})\\s*(?:-\\s*(\\d{1,9})\\s*(?:-\\s*(\\d{1,9})\\s*)?)?");

    private NumberRanges() {}

    static List<Integer> numbers(String axis, String text, int count) {
        BitSet numbers = new BitSet();
        for (String part : text.split(",", -1)) {
            Matcher range = RANGE.matcher(part);
            if (!range.matches()) {
                throw refusal(axis, text, count);
            }
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            int increment = range.group(3) == null ? 1 : Integer.parseInt(range.group(3));
            if (first < 1 || last < first || last > count || increment < 1) {
                throw refusal(axis, text, count);
            }
            for (long number = first; number <= last; number += increment) {
                numbers.set((int) number);
            }
        }
        return numbers.stream().boxed().toList();
    }

    private static RequestException refusal(String axis, String text, int count) {
        String expected = count == 1 ? "1" : "numbers from 1 to " + count + " such as " + example(count);
        return new RequestException(
                axis + ": expected " + expected + ", found " + (text.isBlank() ? "none" : text.strip()));
    }

    private static String example(int count) {
        return count == 2 ? "1-2" : "2-" + Math.min(4, Math.max(3, count - 1));
    }
}
