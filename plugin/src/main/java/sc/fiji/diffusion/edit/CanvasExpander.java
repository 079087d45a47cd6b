package sc.fiji.diffusion.edit;

import ij.ImagePlus;
import java.util.Optional;
import java.util.stream.IntStream;
import sc.fiji.diffusion.altered.AlteredPixels;
import sc.fiji.diffusion.canvas.CanvasBorder;
import sc.fiji.diffusion.canvas.ExpandedCanvas;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.pixels.ValueRange;
import sc.fiji.diffusion.provenance.ImageProvenance;
import sc.fiji.diffusion.stack.AxisPart;
import sc.fiji.diffusion.stack.StackPart;

/** Makes a larger copy of an image and generates what is new in it, slice by slice; the image itself is only read. */
public final class CanvasExpander {

    /** In provenance: what was done with the image. */
    static final String OUTPUT = "expand";

    private final ImagePlus image;
    private final CanvasBorder border;
    private final ValueRange range;
    private final boolean vary;

    /** @param vary whether every picture has a seed of its own */
    public CanvasExpander(ImagePlus image, CanvasBorder border, ValueRange range, boolean vary) {
        this.image = image;
        this.border = border;
        this.range = range;
        this.vary = vary;
    }

    /**
     * A new image, which is not shown yet. Channels that a composite does not show are continued, not generated.
     *
     * @throws CancelledException when {@code progress} says so; nothing is left then
     */
    public ImagePlus run(PictureModel model, Progress progress) {
        ImagePlus made = ExpandedCanvas.of(image, border);
        Mask mask = border.mask(image.getWidth(), image.getHeight());
        EditPlan plan = EditPlan.whole(made, mask, new StackPart.Slices(AxisPart.ALL), vary);
        ImageProvenance provenance = ImageProvenance.none(made);
        NewPictures.Origin origin = new NewPictures.Origin(
                OUTPUT,
                image,
                IntStream.rangeClosed(1, image.getStackSize()).boxed().toList(),
                Optional.of(border.old(image.getWidth(), image.getHeight())));
        String info = new NewPictures(made, plan, range, origin)
                .generate(model, progress, step -> "Expanded: " + step.name(), provenance);
        // The larger copy knows already that all its new pixels are generated.
        GeneratedInfo.keep(made, AlteredPixels.of(made), provenance, where(), info);
        return made;
    }

    private String where() {
        return "border of " + border.left() + " pixels on the left, " + border.right() + " on the right, "
                + border.top() + " at the top, " + border.bottom() + " at the bottom of every slice";
    }
}
