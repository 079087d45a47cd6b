package sc.fiji.diffusion.engine.prompt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The weights by the book: each closed bracket multiplies all that came since it was opened. No BREAK, no fractions. */
final class SlowWeights {

    private static final Pattern SIGNS =
            Pattern.compile("\\\\([\\\\()\\[\\]])|:\\s*([+-]?[0-9]+)\\s*\\)|.", Pattern.DOTALL);

    record Sign(char sign, double weight) {}

    private SlowWeights() {}

    static List<Sign> of(String text) {
        List<Sign> signs = new ArrayList<>();
        Deque<Integer> round = new ArrayDeque<>();
        Deque<Integer> square = new ArrayDeque<>();
        Matcher matcher = SIGNS.matcher(text);
        while (matcher.find()) {
            String piece = matcher.group();
            if (matcher.group(1) != null) {
                add(matcher.group(1), signs);
            } else if (matcher.group(2) != null && !round.isEmpty()) {
                multiply(signs, round.pop(), Double.parseDouble(matcher.group(2)));
            } else if (piece.equals("(")) {
                round.push(signs.size());
            } else if (piece.equals("[")) {
                square.push(signs.size());
            } else if (piece.equals(")") && !round.isEmpty()) {
                multiply(signs, round.pop(), 1.1);
            } else if (piece.equals("]") && !square.isEmpty()) {
                multiply(signs, square.pop(), 1 / 1.1);
            } else {
                add(piece, signs);
            }
        }
        round.forEach(start -> multiply(signs, start, 1.1));
        square.forEach(start -> multiply(signs, start, 1 / 1.1));
        return signs;
    }

    private static void add(String piece, List<Sign> signs) {
        piece.chars().forEach(c -> signs.add(new Sign((char) c, 1)));
    }

    private static void multiply(List<Sign> signs, int start, double factor) {
        for (int i = start; i < signs.size(); i++) {
            signs.set(i, new Sign(signs.get(i).sign(), signs.get(i).weight() * factor));
        }
    }
}
