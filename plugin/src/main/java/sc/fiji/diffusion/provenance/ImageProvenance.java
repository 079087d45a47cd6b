package sc.fiji.diffusion.provenance;

import ij.ImagePlus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.metadata.PictureMetadata;
import sc.fiji.diffusion.engine.provenance.History;
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

    static final String KEY = PictureMetadata.KEYWORD;

    private final ImagePlus image;
    private final int stackSize;
    private final SortedMap<Integer, SliceHistory> slices = new TreeMap<>();

    /** Whether every slice was found by its pixels: once is enough, as nobody else changes the image meanwhile. */
    private boolean isSettled;

    private ImageProvenance(ImagePlus image) {
        this.image = image;
        this.stackSize = image.getStackSize();
    }

    /** Nothing yet of an image, whatever it keeps. */
    public static ImageProvenance none(ImagePlus image) {
        return new ImageProvenance(image);
    }

    /** What the image keeps; nothing if that is damaged. Pixels are read only where slices were removed since. */
    public static ImageProvenance of(ImagePlus image) {
        ImageProvenance found = none(image);
        stored(image).ifPresent(stack -> {
            stack.slices().forEach(slice -> found.slices.put(slice.slice(), slice));
            if (stack.stackSize() > found.stackSize) {
                found.settle(stack);
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

    /**
     * What was generated in a slice. Where its pixels are not those that are expected in its place, the pixels of all
     * slices are read, to find out where each one is now.
     *
     * @param sha256 of its pixels as they are now, and as they are still in the image
     */
    public History history(int stackIndex, String sha256) {
        SliceHistory there = slices.get(stackIndex);
        boolean isExpected = there == null
                ? slices.values().stream().noneMatch(slice -> slice.sha256().equals(sha256))
                : there.sha256().equals(sha256);
        if (!isExpected && !isSettled) {
            settle(new StackHistory(stackSize, List.copyOf(slices.values())));
            there = slices.get(stackIndex);
        }
        return there == null ? History.NONE : there.history();
    }

    /** Finds every slice by its pixels. Those that were changed since stay known as changed. */
    private void settle(StackHistory stack) {
        isSettled = true;
        slices.clear();
        for (int index = 1; index <= stackSize; index++) {
            String sha256 = SliceHash.of(image, index);
            int slice = index;
            stack.find(index, stackSize, sha256).ifPresent(known -> {
                String kept = known.isUnchanged() ? sha256 : hashOf(stack, slice);
                slices.put(slice, new SliceHistory(slice, kept, known.history()));
            });
        }
    }

    private static String hashOf(StackHistory stack, int index) {
        return stack.slices().stream()
                .filter(slice -> slice.slice() == index)
                .map(SliceHistory::sha256)
                .findFirst()
                .orElseThrow();
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
    public void keep() {
        String json = new StackHistory(stackSize, List.copyOf(slices.values())).toJson();
        image.setProp(KEY, slices.isEmpty() ? null : json);
    }
}
