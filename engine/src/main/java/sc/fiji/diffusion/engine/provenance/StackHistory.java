package sc.fiji.diffusion.engine.provenance;

import java.util.List;
import java.util.Optional;

/**
 * What was generated in the slices of a stack. Slices are known by their pixels: whatever reorders, removes or
 * duplicates them later, each is found again as long as it is not changed.
 *
 * @param stackSize number of slices of the stack when this was written
 * @param slices in ascending order; those in which nothing was generated are left out
 */
public record StackHistory(int stackSize, List<SliceHistory> slices) {

    public StackHistory {
        slices = List.copyOf(slices);
    }

    /**
     * What is known of a slice.
     *
     * @param history what was generated in it
     * @param isUnchanged whether its pixels are still those that came out; if not, something else was done to it since,
     *     or it is another slice that has come to its place
     */
    public record Known(History history, boolean isUnchanged) {}

    /**
     * Finds a slice by its pixels, or else by its place.
     *
     * @param index in the stack as it is now, from 1
     * @param newStackSize of the stack as it is now
     * @param sha256 of the slice's pixels as they are now
     */
    public Optional<Known> find(int index, int newStackSize, String sha256) {
        Optional<SliceHistory> there =
                slices.stream().filter(slice -> slice.slice() == index).findFirst();
        Optional<History> same = there.flatMap(slice -> slice.until(sha256));
        if (same.isEmpty()) {
            same = slices.stream()
                    .filter(slice -> slice.sha256().equals(sha256))
                    .map(SliceHistory::history)
                    .findFirst();
        }
        if (same.isPresent()) {
            return same.filter(history -> !history.isEmpty()).map(history -> new Known(history, true));
        }
        return there.filter(slice -> newStackSize >= stackSize).map(slice -> new Known(slice.history(), false));
    }

    /** For programs: {@code {"version": 1, "stack_size": n, "slices": [{"slice": i, "sha256": ..., "history": [...]}]}}. */
    public String toJson() {
        return ProvenanceWriter.write(this);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws sc.fiji.diffusion.engine.RequestException if it is of a later version, damaged, or larger than any real one
     */
    public static StackHistory fromJson(String json) {
        return ProvenanceReader.readStack(json);
    }
}
