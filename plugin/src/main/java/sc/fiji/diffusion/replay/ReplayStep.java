package sc.fiji.diffusion.replay;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.image.Blend;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.inpaint.InpaintedSelection;
import sc.fiji.diffusion.engine.job.ReplayJob;
import sc.fiji.diffusion.engine.provenance.ControlNetUse;
import sc.fiji.diffusion.engine.provenance.EditedImage;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.provenance.StoredMask;
import sc.fiji.diffusion.engine.provenance.Task;
import sc.fiji.diffusion.engine.replay.ReplayRequest;
import sc.fiji.diffusion.job.DiffusionJobs;
import sc.fiji.diffusion.pixels.ModelView;
import sc.fiji.diffusion.pixels.ValueRange;

/** One step of a history, made again. Used once. */
final class ReplayStep {

    private final Provenance step;
    private final ModelFinder models;
    private InpaintedSelection result;
    private Mask blend;

    ReplayStep(Provenance step, ModelFinder models) {
        this.step = step;
        this.models = models;
    }

    /**
     * Does it.
     *
     * @param before what it begins with, which may be changed; null if it needs nothing
     * @return what it left
     */
    ImagePlus apply(ImagePlus before, Progress progress) {
        if (!ReplayRequest.needsSource(step)) {
            return rgb(run(Optional.empty(), progress));
        }
        if (step.image().isEmpty()) {
            return ofFile(before, progress);
        }
        EditedImage edited = step.image().get();
        ImagePlus canvas = ReplayCanvas.of(step, edited, before);
        ModelView view = ModelView.of(canvas, 1, ReplayCanvas.range(edited));
        RgbImage picture = view.seen();
        boolean isRectangle = step.task() instanceof Task.ImageToImage || step.task() instanceof Task.Instruction;
        SeenPart part = edited.region()
                .filter(region -> isRectangle)
                .map(region -> new SeenPart(picture, region))
                .orElseGet(() -> SeenPart.whole(picture));
        RgbImage made = run(Optional.of(part), progress);
        if (edited.output().equals("new")) {
            return rgb(made);
        }
        blend = step.task() instanceof Task.Inpainting
                ? result.blend()
                : Mask.of(part.region(), picture.width(), picture.height());
        view.write(part.with(made), blend);
        return canvas;
    }

    /** On the command line: the picture in a file became another file. */
    private ImagePlus ofFile(ImagePlus before, Progress progress) {
        RgbImage seen = ModelView.of(before, 1, new ValueRange.DisplayRange()).seen();
        RgbImage made = run(Optional.of(SeenPart.whole(seen)), progress);
        if (!step.task().keepsSurroundings()) {
            return rgb(made);
        }
        ImagePlus image = rgb(Blend.over(seen, made, result.blend()));
        blend = result.blend();
        return image;
    }

    /** What is missing is told before any work. */
    private RgbImage run(Optional<SeenPart> worked, Progress progress) {
        List<ControlNetUse> used = step.model().controlNets();
        Optional<RgbImage> source = worked.map(SeenPart::image);
        ReplayRequest request = new ReplayRequest(
                step,
                source,
                source.flatMap(this::mask),
                used.stream()
                        .map(use -> OpenControlImages.find(use, worked, progress))
                        .toList());
        ReplayJob job = new ReplayJob(
                models.model(step.model()),
                used.stream().map(models::controlNet).toList(),
                request);
        result = DiffusionJobs.shared().runLike(job, step.computation(), progress);
        return result.result().images().get(0).image();
    }

    private Optional<Mask> mask(RgbImage source) {
        return step.task() instanceof Task.Inpainting inpainting
                ? inpainting
                        .mask()
                        .filter(stored -> stored.size().equals(new Size(source.width(), source.height())))
                        .flatMap(StoredMask::mask)
                : Optional.empty();
    }

    private ImagePlus rgb(RgbImage image) {
        blend = Mask.everything(image.width(), image.height());
        return new ImagePlus("", new ColorProcessor(image.width(), image.height(), image.packed()));
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
