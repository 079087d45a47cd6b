package sc.fiji.diffusion.engine.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the grammar that the package tells, in one pass from left to right. Round and square brackets know nothing of
 * each other, so {@code (a [b) c]} is good: b has both weights.
 */
final class WeightedPromptParser {

    private static final double ROUND = 1.1;
    private static final double SQUARE = 1 / 1.1;
    private static final String SIGNS = "\\()[]:";
    private static final String ESCAPABLE = "\\()[]";
    /** The longest number that is read as one. */
    private static final Pattern WEIGHT = Pattern.compile(":\\s*+([+-]?+[.0-9]{1,40}+)\\s*+\\)");

    private static final String BREAK = "BREAK";

    private final String text;
    private final List<Entry> entries = new ArrayList<>();
    private final Matcher weight;
    /** The innermost that is open; null if none is. */
    private Bracket round;

    private Bracket square;

    /** A bracket's weight is known when it is closed; until then it is that of one that never is. */
    private static final class Bracket {
        private final Bracket outer;
        private double weight;
        /** With all around it; NaN until it is asked for. */
        private double total = Double.NaN;

        Bracket(Bracket outer, double weight) {
            this.outer = outer;
            this.weight = weight;
        }
    }

    /** Some text, or {@link #BREAK} where text is null, and the brackets that it stands in. */
    private record Entry(String text, Bracket round, Bracket square) {}

    WeightedPromptParser(String text) {
        this.text = text;
        this.weight = WEIGHT.matcher(text);
    }

    Prompt parse() {
        int position = 0;
        while (position < text.length()) {
            position = readFrom(position);
        }
        return new Prompt(merged());
    }

    /** Where the next piece begins. */
    private int readFrom(int start) {
        char sign = text.charAt(start);
        if (SIGNS.indexOf(sign) < 0) {
            int end = start;
            while (end < text.length() && SIGNS.indexOf(text.charAt(end)) < 0) {
                end++;
            }
            addWords(text.substring(start, end));
            return end;
        }
        if (sign == '\\') {
            boolean escapes = start + 1 < text.length() && ESCAPABLE.indexOf(text.charAt(start + 1)) >= 0;
            int end = escapes ? start + 2 : start + 1;
            add(text.substring(end - 1, end));
            return end;
        }
        return sign == ':' ? readWeight(start) : readBracket(start, sign);
    }

    private int readBracket(int start, char sign) {
        if (sign == '(') {
            round = new Bracket(round, ROUND);
        } else if (sign == '[') {
            square = new Bracket(square, SQUARE);
        } else if (sign == ')' && round != null) {
            round = round.outer;
        } else if (sign == ']' && square != null) {
            square = square.outer;
        } else {
            add(String.valueOf(sign));
        }
        return start + 1;
    }

    private int readWeight(int start) {
        if (round != null && weight.region(start, text.length()).lookingAt()) {
            try {
                round.weight = Double.parseDouble(weight.group(1));
                round = round.outer;
                return weight.end();
            } catch (NumberFormatException severalPointsOrNoDigit) {
                // text, then
            }
        }
        add(":");
        return start + 1;
    }

    /** Adds words; where {@code BREAK} stands among them, the chunk ends. */
    private void addWords(String words) {
        int start = 0;
        for (int at = words.indexOf(BREAK); at >= 0; at = words.indexOf(BREAK, at + BREAK.length())) {
            int end = at + BREAK.length();
            if (isWord(words, at, end)) {
                String before = words.substring(start, at).stripTrailing();
                add(start == 0 ? before : before.stripLeading());
                add(null);
                start = end;
            }
        }
        add(start == 0 ? words : words.substring(start).stripLeading());
    }

    private static boolean isWord(String words, int start, int end) {
        return (start == 0 || !isWordSign(words.codePointBefore(start)))
                && (end == words.length() || !isWordSign(words.codePointAt(end)));
    }

    private static boolean isWordSign(int codePoint) {
        return Character.isLetterOrDigit(codePoint) || codePoint == '_';
    }

    private void add(String words) {
        if (words == null || !words.isEmpty()) {
            entries.add(new Entry(words, round, square));
        }
    }

    private List<Prompt.Part> merged() {
        List<Prompt.Part> parts = new ArrayList<>();
        StringBuilder same = new StringBuilder();
        double sameWeight = 1;
        for (Entry entry : entries) {
            double entryWeight = total(entry.round) * total(entry.square);
            if (entry.text == null || entryWeight != sameWeight) {
                flush(same, sameWeight, parts);
            }
            if (entry.text == null) {
                parts.add(new Prompt.Break());
            } else {
                same.append(entry.text);
                sameWeight = entryWeight;
            }
        }
        flush(same, sameWeight, parts);
        return parts;
    }

    private static void flush(StringBuilder text, double weight, List<Prompt.Part> parts) {
        if (!text.isEmpty()) {
            parts.add(new Prompt.Text(text.toString(), weight));
            text.setLength(0);
        }
    }

    /** The product with all brackets around it, without recursion: people's brackets are few, hostile ones are not. */
    private static double total(Bracket innermost) {
        List<Bracket> unknown = new ArrayList<>();
        Bracket known = innermost;
        while (known != null && Double.isNaN(known.total)) {
            unknown.add(known);
            known = known.outer;
        }
        double total = known == null ? 1 : known.total;
        for (int i = unknown.size() - 1; i >= 0; i--) {
            total *= unknown.get(i).weight;
            unknown.get(i).total = total;
        }
        return total;
    }
}
