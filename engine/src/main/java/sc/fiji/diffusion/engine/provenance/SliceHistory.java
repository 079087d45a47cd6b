package sc.fiji.diffusion.engine.provenance;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was generated in one slice of a stack.
 *
 * @param slice its index in the stack when this was written, from 1
 * @param sha256 of its pixels then, as {@link sc.fiji.diffusion.engine.image.PixelHash} takes it, in hexadecimal
 * @param history not empty
 */
public record SliceHistory(int slice, String sha256, History history) {

    public SliceHistory {
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(history, "history");
    }

    /**
     * What was done to get pixels of a hash: all of it, or, after Undo, as much as had been done when they were so.
     *
     * @return none if such pixels were not among what was made
     */
    public Optional<History> until(String pixels) {
        if (pixels.equals(sha256)) {
            return Optional.of(history);
        }
        List<Provenance> entries = history.entries();
        for (int count = entries.size(); count > 0; count--) {
            if (entries.get(count - 1).resultSha256().contains(pixels)) {
                return Optional.of(new History(entries.subList(0, count)));
            }
        }
        return entries.get(0)
                .image()
                .filter(image -> image.sha256().contains(pixels))
                .map(image -> History.NONE);
    }
}
