package sc.fiji.diffusion.edit;

import ij.ImagePlus;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.provenance.EditedImage;
import sc.fiji.diffusion.engine.provenance.History;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.pixels.ModelView;
import sc.fiji.diffusion.pixels.ValueRange;
import sc.fiji.diffusion.provenance.ImageProvenance;
import sc.fiji.diffusion.provenance.SliceHash;

/** What provenance keeps of the image that a picture was taken from. */
final class EditedSlices {

    private EditedSlices() {}

    /**
     * To be asked before the pixels change.
     *
     * @param output where the picture goes, such as {@code replace}
     * @param slices that make up the picture
     * @param view through which it was looked at
     * @param region of it, where that was not all
     */
    static EditedImage before(
            String output, ImagePlus image, List<Integer> slices, ModelView view, Optional<Region> region) {
        List<ValueRange.Given> ranges = view.ranges();
        return new EditedImage(
                image.getTitle(),
                output,
                slices,
                hashes(image, slices),
                ranges.stream().map(ValueRange.Given::min).toList(),
                ranges.stream().map(ValueRange.Given::max).toList(),
                region);
    }

    /** The rectangle that a mask fills, unless it is all of the image. */
    static Optional<Region> region(Mask mask) {
        return mask.bounds().filter(bounds -> !new Size(mask.width(), mask.height())
                .equals(new Size(bounds.width(), bounds.height())));
    }

    /** With the hashes of the pixels that have come out. */
    static Provenance after(Provenance made, EditedImage before, ImagePlus image, List<Integer> slices) {
        return made.withImage(before).withResult(hashes(image, slices));
    }

    /** What was generated in each of the slices before. */
    static List<History> histories(ImageProvenance provenance, EditedImage before) {
        return IntStream.range(0, before.slices().size())
                .mapToObj(i -> provenance.history(
                        before.slices().get(i), before.sha256().get(i)))
                .toList();
    }

    private static List<String> hashes(ImagePlus image, List<Integer> slices) {
        return slices.stream().map(index -> SliceHash.of(image, index)).toList();
    }
}
