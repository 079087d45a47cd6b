package sc.fiji.diffusion.provenance;

import ij.ImagePlus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.provenance.History;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.provenance.SliceHistory;
import sc.fiji.diffusion.engine.provenance.StackHistory;

/**
 * How the slices of an image came to be. Not safe for several threads.
 *
 * <p>ImageJ saves the property that keeps it in TIFF files, and hands it on to copies. Slices are found by the hash of
 * their pixels, so that whatever ImageJ does with them (reorder, remove, insert, duplicate, undo) each keeps its own;
 * where pixels were changed since, their place in the stack says whose they were, and {@link StackHistory.Known} that
 * they are not the same any more.
 */
public final class ImageProvenance {

    /** Files rely on it: it never changes. */
    static final String KEY = "Diffusion provenance";

    private final int stackSize;
    private final SortedMap<Integer, SliceHistory> slices = new TreeMap<>();

    private ImageProvenance(int stackSize) {
        this.stackSize = stackSize;
    }

    /** Nothing yet of an image, whatever it keeps. */
    public static ImageProvenance none(ImagePlus image) {
        return new ImageProvenance(image.getStackSize());
    }

    /** What the image keeps; nothing if that is damaged. Reads all pixels of the image once if it keeps something. */
    public static ImageProvenance of(ImagePlus image) {
        ImageProvenance found = none(image);
        stored(image).ifPresent(stack -> {
            for (int index = 1; index <= found.stackSize; index++) {
                String sha256 = SliceHash.of(image, index);
                int slice = index;
                stack.find(index, found.stackSize, sha256)
                        .ifPresent(known -> found.put(slice, sha256, known.history()));
            }
        });
        return found;
    }

    /**
     * What is known of one slice; reads the pixels of that slice alone.
     *
     * @param stackIndex from 1
     */
    public static Optional<StackHistory.Known> of(ImagePlus image, int stackIndex) {
        return stored(image)
                .flatMap(stack -> stack.find(stackIndex, image.getStackSize(), SliceHash.of(image, stackIndex)));
    }

    private static Optional<StackHistory> stored(ImagePlus image) {
        // Not getProp, which would also search the Info.
        String json = image.getImageProperties().getProperty(KEY);
        try {
            return Optional.ofNullable(json).map(StackHistory::fromJson);
        } catch (RequestException damaged) {
            return Optional.empty();
        }
    }

    /** What was generated in a slice. */
    public History history(int stackIndex) {
        SliceHistory found = slices.get(stackIndex);
        return found == null ? History.NONE : found.history();
    }

    /**
     * Adds what was done last.
     *
     * @param stackIndexes of the slice, or of the channels that make up a picture, from 1
     * @param made with the hashes of those slices' pixels as they are now
     */
    public void add(List<Integer> stackIndexes, Provenance made) {
        for (int i = 0; i < stackIndexes.size(); i++) {
            int index = stackIndexes.get(i);
            put(index, made.resultSha256().get(i), history(index).and(made));
        }
    }

    /**
     * Says how a slice came to be, whatever was known before.
     *
     * @param sha256 of its pixels
     */
    public void put(int stackIndex, String sha256, History history) {
        Objects.checkIndex(stackIndex - 1, stackSize);
        if (!history.isEmpty()) {
            slices.put(stackIndex, new SliceHistory(stackIndex, sha256, history));
        }
    }

    /** Keeps it in the image's properties instead of what it kept before. */
    public void keepIn(ImagePlus image) {
        String json = new StackHistory(stackSize, List.copyOf(slices.values())).toJson();
        image.setProp(KEY, slices.isEmpty() ? null : json);
    }
}
