package sc.fiji.diffusion.replay;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sc.fiji.diffusion.canvas.CanvasBorder;
import sc.fiji.diffusion.canvas.ExpandedCanvas;
import sc.fiji.diffusion.canvas.ScaledImage;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Blend;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.inpaint.InpaintedSelection;
import sc.fiji.diffusion.engine.job.ReplayJob;
import sc.fiji.diffusion.engine.provenance.EditedImage;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.provenance.StoredMask;
import sc.fiji.diffusion.engine.provenance.Task;
import sc.fiji.diffusion.engine.replay.ReplayRequest;
import sc.fiji.diffusion.job.DiffusionJobs;
import sc.fiji.diffusion.pixels.ModelView;
import sc.fiji.diffusion.pixels.ValueRange;
import sc.fiji.diffusion.stack.StackPosition;

/** One step of a history, made again. Used once. */
final class ReplayStep {

    private final Provenance step;
    private final String model;
    private InpaintedSelection result;
    private Mask blend;

    /** @param model its name or path */
    ReplayStep(Provenance step, String model) {
        this.step = step;
        this.model = model;
    }

    /**
     * Does it.
     *
     * @param before what it begins with, which may be changed; null if it needs nothing
     * @return what it left
     */
    ImagePlus apply(ImagePlus before, Progress progress) {
        if (!ReplayRequest.needsSource(step)) {
            return rgb(run(ReplayRequest.of(step), progress));
        }
        if (step.image().isEmpty()) {
            return ofFile(before, progress);
        }
        EditedImage edited = step.image().get();
        ImagePlus canvas = canvas(edited, before);
        ModelView view = ModelView.of(canvas, 1, range(edited));
        RgbImage seen = view.seen();
        Region whole = new Region(0, 0, seen.width(), seen.height());
        boolean isRectangle = step.task() instanceof Task.ImageToImage || step.task() instanceof Task.Instruction;
        Region region = isRectangle ? edited.region().orElse(whole) : whole;
        RgbImage source = region.equals(whole) ? seen : seen.crop(region);
        RgbImage made = run(request(source), progress);
        if (edited.output().equals("new")) {
            return rgb(made);
        }
        blend = step.task() instanceof Task.Inpainting ? result.blend() : Mask.of(region, seen.width(), seen.height());
        view.write(region.equals(whole) ? made : seen.with(made, region), blend);
        return canvas;
    }

    /** On the command line: the picture in a file became another file. */
    private ImagePlus ofFile(ImagePlus before, Progress progress) {
        RgbImage seen = ModelView.of(before, 1, new ValueRange.DisplayRange()).seen();
        RgbImage made = run(request(seen), progress);
        if (!step.task().keepsSurroundings()) {
            return rgb(made);
        }
        ImagePlus image = rgb(Blend.over(seen, made, result.blend()));
        blend = result.blend();
        return image;
    }

    private ReplayRequest request(RgbImage source) {
        Optional<Mask> mask = step.task() instanceof Task.Inpainting inpainting
                ? inpainting
                        .mask()
                        .filter(stored -> stored.size().equals(new Size(source.width(), source.height())))
                        .flatMap(StoredMask::mask)
                : Optional.empty();
        return new ReplayRequest(step, Optional.of(source), mask, List.of());
    }

    private RgbImage run(ReplayRequest request, Progress progress) {
        result = DiffusionJobs.shared().runLike(new ReplayJob(model, request), step.computation(), progress);
        return result.result().images().get(0).image();
    }

    private ImagePlus rgb(RgbImage image) {
        blend = Mask.everything(image.width(), image.height());
        return new ImagePlus("", new ColorProcessor(image.width(), image.height(), image.packed()));
    }

    /** What the picture was put into. */
    private ImagePlus canvas(EditedImage edited, ImagePlus before) {
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
    private static ValueRange range(EditedImage edited) {
        return edited.minimums().size() == 1 && edited.maximums().size() == 1
                ? new ValueRange.Given(
                        edited.minimums().get(0), edited.maximums().get(0))
                : new ValueRange.DisplayRange();
    }

    /** How it came to be this time. */
    Provenance provenance() {
        Provenance made = result.result().provenance();
        return step.image().map(made::withImage).orElse(made);
    }

    /**
     * The pixels that this step and those before it have generated, 1 where they were.
     *
     * @param earlier those of the steps before; null if there are none
     */
    Mask altered(Mask earlier) {
        float[] values = new float[blend.values().length];
        boolean isSameSize = earlier != null && earlier.width() == blend.width() && earlier.height() == blend.height();
        for (int i = 0; i < values.length; i++) {
            boolean wasGenerated = isSameSize && earlier.values()[i] > 0;
            values[i] = wasGenerated || blend.values()[i] > 0 ? 1 : 0;
        }
        return new Mask(blend.width(), blend.height(), values);
    }
}
