package sc.fiji.diffusion.engine.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Merges the symbols of one word. The rule of the lowest rank is applied wherever it fits, from left to right, then
 * the next, until none fits. With a queue of the pairs that can be merged, a word of n symbols takes n log n steps.
 */
final class WordMerger {

    private static final int NONE = -1;

    /** A pair that could be merged when it was found: the symbols at {@code left} and after it. */
    private record Candidate(int left, int leftSymbol, int rightSymbol, Merges.Rule rule) {}

    private final Merges merges;
    /** The word as a linked list; a symbol that was merged into the one before it is {@link #NONE}. */
    private final int[] symbols;

    private final int[] next;
    private final int[] previous;
    private final PriorityQueue<Candidate> candidates = new PriorityQueue<>(
            Comparator.<Candidate>comparingInt(candidate -> candidate.rule().rank())
                    .thenComparingInt(Candidate::left));

    WordMerger(Merges merges, int[] start) {
        this.merges = merges;
        symbols = start.clone();
        next = new int[start.length];
        previous = new int[start.length];
        for (int i = 0; i < start.length; i++) {
            next[i] = i + 1 < start.length ? i + 1 : NONE;
            previous[i] = i - 1;
        }
    }

    int[] merge() {
        for (int left = 0; left < symbols.length; left++) {
            addCandidate(left, candidates);
        }
        List<Candidate> found = new ArrayList<>();
        while (!candidates.isEmpty()) {
            // A pair that comes up while a rule is applied waits until that rule is done, even if its rank is lower.
            int rank = candidates.peek().rule().rank();
            while (!candidates.isEmpty() && candidates.peek().rule().rank() == rank) {
                apply(candidates.poll(), found);
            }
            candidates.addAll(found);
            found.clear();
        }
        return Arrays.stream(symbols).filter(symbol -> symbol != NONE).toArray();
    }

    private void apply(Candidate candidate, List<Candidate> found) {
        int left = candidate.left();
        int right = next[left];
        boolean stale =
                symbols[left] != candidate.leftSymbol() || right == NONE || symbols[right] != candidate.rightSymbol();
        if (stale) {
            return;
        }
        symbols[left] = candidate.rule().merged();
        symbols[right] = NONE;
        next[left] = next[right];
        if (next[left] != NONE) {
            previous[next[left]] = left;
        }
        addCandidate(left, found);
        if (previous[left] != NONE) {
            addCandidate(previous[left], found);
        }
    }

    private void addCandidate(int left, Collection<Candidate> target) {
        int right = next[left];
        Merges.Rule rule = right == NONE ? null : merges.rule(symbols[left], symbols[right]);
        if (rule != null) {
            target.add(new Candidate(left, symbols[left], symbols[right], rule));
        }
    }
}
