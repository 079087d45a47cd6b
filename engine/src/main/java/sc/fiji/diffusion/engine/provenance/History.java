package sc.fiji.diffusion.engine.provenance;

import java.util.ArrayList;
import java.util.List;

/**
 * All that was generated in a picture, in its order: the first entry made it or changed it first, each other one worked
 * on what the entry before had left, or on what else was done to it meanwhile.
 *
 * @param entries each of one picture; none if nothing was generated
 */
public record History(List<Provenance> entries) {

    /** Of a picture in which nothing was generated, as far as is known. */
    public static final History NONE = new History(List.of());

    public History {
        entries = List.copyOf(entries);
    }

    /** The same, with what came next. */
    public History and(Provenance next) {
        List<Provenance> all = new ArrayList<>(entries);
        all.add(next);
        return new History(all);
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** What was done last, of a history that is not empty. */
    public Provenance last() {
        return entries.get(entries.size() - 1);
    }

    /** Whether something may be left that was not generated: a composite, in IPTC's words. */
    public boolean keepsMeasured() {
        return !isEmpty() && entries.get(0).task().keepsSurroundings();
    }

    /** For people: what came first stands first. */
    public String text() {
        StringBuilder text = new StringBuilder();
        entries.forEach(entry -> text.append(text.isEmpty() ? "" : "\n").append(entry.text()));
        return text.toString();
    }

    /** For programs: {@code {"version": 1, "history": [...]}} with what {@link Provenance#toJson} says of each. */
    public String toJson() {
        return ProvenanceWriter.write(this);
    }

    /**
     * Reads what {@link #toJson} wrote, or {@link Provenance#toJson}.
     *
     * @throws sc.fiji.diffusion.engine.RequestException if it is of a later version, damaged, or larger than any real one
     */
    public static History fromJson(String json) {
        return ProvenanceReader.readHistory(json);
    }
}
