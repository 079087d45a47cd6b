package sc.fiji.diffusion.replay;

import ij.ImagePlus;
import ij.WindowManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sc.fiji.diffusion.canvas.CopiedSlices;
import sc.fiji.diffusion.engine.image.PixelHash;
import sc.fiji.diffusion.engine.provenance.EditedImage;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.provenance.Source;
import sc.fiji.diffusion.pixels.ModelView;
import sc.fiji.diffusion.pixels.ValueRange;
import sc.fiji.diffusion.provenance.SliceHash;
import sc.fiji.diffusion.stack.StackPosition;

/**
 * Slices of an open image with the pixels that something was begun with.
 *
 * @param image open
 * @param slices the slice, or the channels that make up the picture
 */
public record OpenSource(ImagePlus image, List<StackPosition> slices) {

    public OpenSource {
        slices = List.copyOf(slices);
    }

    /**
     * Looks through all open images.
     *
     * @param made began with a picture
     * @param first is looked at first
     */
    static Optional<OpenSource> find(Provenance made, ImagePlus first) {
        return Stream.concat(Stream.of(first), openImages())
                .distinct()
                .flatMap(image -> made.image().isPresent()
                        ? withPixels(image, made.image().get()).stream()
                        : thatShows(image, made.source()).stream())
                .findFirst();
    }

    /** In the order in which they were opened. */
    static Stream<ImagePlus> openImages() {
        int[] ids = WindowManager.getIDList();
        return Arrays.stream(ids == null ? new int[0] : ids)
                .mapToObj(WindowManager::getImage)
                .filter(image -> image != null && image.getProcessor() != null);
    }

    private static Optional<OpenSource> withPixels(ImagePlus image, EditedImage before) {
        List<String> hashes = new ArrayList<>();
        for (int index = 1; index <= image.getStackSize(); index++) {
            hashes.add(SliceHash.of(image, index));
        }
        List<Integer> places = IntStream.range(0, before.slices().size())
                .mapToObj(i ->
                        place(hashes, before.sha256().get(i), before.slices().get(i)))
                .toList();
        return places.isEmpty() || places.contains(0)
                ? Optional.empty()
                : Optional.of(new OpenSource(
                        image,
                        places.stream()
                                .map(index -> StackPosition.of(image, index))
                                .toList()));
    }

    /** The same place as before if its pixels are the same, or else the first that has them; 0 if none has. */
    private static int place(List<String> hashes, String wanted, int before) {
        boolean stayed =
                before >= 1 && before <= hashes.size() && hashes.get(before - 1).equals(wanted);
        return stayed ? before : hashes.indexOf(wanted) + 1;
    }

    /** For what was made from a file, of which only the picture is known. */
    private static Optional<OpenSource> thatShows(ImagePlus image, Optional<Source> source) {
        if (source.isEmpty()
                || source.get().size().width() != image.getWidth()
                || source.get().size().height() != image.getHeight()) {
            return Optional.empty();
        }
        return IntStream.rangeClosed(1, image.getStackSize())
                .filter(index -> seen(image, index).equals(source.get().sha256()))
                .mapToObj(index -> new OpenSource(image, List.of(StackPosition.of(image, index))))
                .findFirst();
    }

    private static String seen(ImagePlus image, int index) {
        return image.getType() == ImagePlus.COLOR_RGB
                ? SliceHash.of(image, index)
                : PixelHash.of(ModelView.of(image, index, new ValueRange.DisplayRange())
                        .seen());
    }

    /** A new image with these slices alone, not shown. */
    ImagePlus copied() {
        return CopiedSlices.of(image, slices);
    }

    /** For people. */
    String text() {
        return image.getTitle()
                + (image.getStackSize() == 1
                        ? ""
                        : ", slice "
                                + String.join(
                                        " and ",
                                        slices.stream()
                                                .map(StackPosition::stackIndex)
                                                .map(index -> Integer.toString(index))
                                                .toList()));
    }
}
