package sc.fiji.diffusion.replay;

import ij.ImagePlus;
import java.util.stream.IntStream;
import sc.fiji.diffusion.canvas.CanvasBorder;
import sc.fiji.diffusion.canvas.ExpandedCanvas;
import sc.fiji.diffusion.canvas.ScaledImage;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.provenance.EditedImage;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.pixels.ValueRange;
import sc.fiji.diffusion.stack.StackPosition;

/** The image that a step works in, as it was before the step. */
final class ReplayCanvas {

    private ReplayCanvas() {}

    /** What the picture was put into. */
    static ImagePlus of(Provenance step, EditedImage edited, ImagePlus before) {
        Size size = step.sampling().size();
        return switch (edited.output()) {
            case "new", "replace", "append" -> before;
            case "upscale" ->
                ScaledImage.of(
                        before,
                        IntStream.rangeClosed(1, before.getStackSize())
                                .mapToObj(index -> StackPosition.of(before, index))
                                .toList(),
                        size);
            case "expand" -> ExpandedCanvas.of(before, border(edited, size));
            default ->
                throw new RequestException(
                        "provenance: output: expected one that this version knows, found " + edited.output());
        };
    }

    private static CanvasBorder border(EditedImage edited, Size size) {
        Region old = edited.region()
                .orElseThrow(() -> new RequestException("provenance: region: expected the old image's, found none"));
        return new CanvasBorder(
                old.x(), size.width() - old.x() - old.width(), old.y(), size.height() - old.y() - old.height());
    }

    /** Of several channels, those of the image: they are checked by what is seen through them. */
    static ValueRange range(EditedImage edited) {
        return edited.minimums().size() == 1 && edited.maximums().size() == 1
                ? new ValueRange.Given(
                        edited.minimums().get(0), edited.maximums().get(0))
                : new ValueRange.DisplayRange();
    }
}
