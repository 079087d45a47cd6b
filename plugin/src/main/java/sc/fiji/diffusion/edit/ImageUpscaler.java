package sc.fiji.diffusion.edit;

import ij.ImagePlus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sc.fiji.diffusion.altered.AlteredPixels;
import sc.fiji.diffusion.canvas.ScaledImage;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.pixels.ValueRange;
import sc.fiji.diffusion.provenance.ImageProvenance;
import sc.fiji.diffusion.stack.AxisPart;
import sc.fiji.diffusion.stack.StackPart;
import sc.fiji.diffusion.stack.StackPlane;
import sc.fiji.diffusion.stack.StackPosition;

/** Makes a copy of an image in another size, and its details anew, slice by slice; the image itself is only read. */
public final class ImageUpscaler {

    /** In provenance: what was done with the image. */
    static final String OUTPUT = "upscale";

    private final ImagePlus image;
    /** In the order of the stack. */
    private final List<StackPosition> slices;

    private final Size size;
    private final ValueRange range;
    private final boolean vary;

    /**
     * @param part which slices to take; where a composite shows several channels at once, all of its channels
     * @param vary whether every picture has a seed of its own
     */
    public ImageUpscaler(ImagePlus image, StackPart part, Size size, ValueRange range, boolean vary) {
        this.image = image;
        this.slices = slices(image, part);
        this.size = size;
        this.range = range;
        this.vary = vary;
    }

    /**
     * A new image of the same type, which is not shown yet. Channels that a composite does not show are interpolated.
     *
     * @throws CancelledException when {@code progress} says so; nothing is left then
     */
    public ImagePlus run(PictureModel model, Progress progress) {
        ImagePlus made = ScaledImage.of(image, slices, size);
        Mask everything = Mask.everything(size.width(), size.height());
        EditPlan plan = EditPlan.whole(made, everything, new StackPart.Slices(AxisPart.ALL), vary);
        ImageProvenance provenance = ImageProvenance.none(made);
        NewPictures.Origin origin = new NewPictures.Origin(
                OUTPUT, image, slices.stream().map(StackPosition::stackIndex).toList(), Optional.empty());
        String info = new NewPictures(made, plan, range, origin)
                .generate(
                        model,
                        progress,
                        step -> "Upscaled from: " + origin(step, slices) + " of " + image.getTitle() + ", "
                                + image.getWidth() + " x " + image.getHeight(),
                        provenance);
        // What was generated before is in another place, and all of it is generated anew.
        AlteredPixels altered = AlteredPixels.none(made);
        plan.stackIndexes().forEach(index -> altered.add(index, everything));
        GeneratedInfo.keep(made, altered, provenance, where(plan, made), info);
        return made;
    }

    /** Those that are meant now, whichever is shown later. */
    private static List<StackPosition> slices(ImagePlus image, StackPart part) {
        if (!EditPlan.showsChannelsTogether(image)) {
            return part.positions(image);
        }
        return part.planes(image).stream()
                .flatMap(plane -> allChannels(image, plane))
                .toList();
    }

    private static Stream<StackPosition> allChannels(ImagePlus image, StackPlane plane) {
        return IntStream.rangeClosed(1, image.getNChannels())
                .mapToObj(
                        channel -> StackPosition.of(image, image.getStackIndex(channel, plane.slice(), plane.frame())));
    }

    private static String origin(EditStep step, List<StackPosition> slices) {
        return step.positions().stream()
                .map(position -> slices.get(position.stackIndex() - 1).stackIndex())
                .map(index -> Integer.toString(index))
                .collect(Collectors.joining(", ", "slice ", ""));
    }

    private static String where(EditPlan plan, ImagePlus made) {
        int generated = plan.stackIndexes().size();
        return generated == made.getStackSize()
                ? "every slice"
                : "the channels that are shown; the others are interpolated";
    }
}
