package sc.fiji.diffusion.engine.inpaint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.image.ColorMatch;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.PixelHash;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.pipeline.ControlImage;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.GeneratedImage;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.InpaintRequest;
import sc.fiji.diffusion.engine.pipeline.InpaintRequest.MaskReduction;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.provenance.ControlNetUse;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.provenance.Source;
import sc.fiji.diffusion.engine.provenance.StoredMask;
import sc.fiji.diffusion.engine.provenance.Task;

/**
 * Makes selections anew, by the recipe of krita-ai-diffusion with differences that data need: what lies outside the
 * selection stays, so the soft edge with which the result is laid back lies inside it.
 */
public final class SelectionInpainter {

    /** Fewer real steps than this leave noise behind. */
    private static final int FEWEST_STEPS = 4;

    private final DiffusionPipeline pipeline;

    /** @param pipeline stays the caller's to close */
    public SelectionInpainter(DiffusionPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * Inpaints; what {@link DiffusionPipeline#inpaint} throws, this throws too.
     *
     * @throws sc.fiji.diffusion.engine.RequestException if the model can't work in the size that the selection needs
     */
    public InpaintedSelection inpaint(SelectionRequest request, Progress progress) {
        Checkpoint checkpoint = pipeline.checkpoint();
        SelectionGeometry geometry =
                SelectionGeometry.of(request, checkpoint.nativeSize(), checkpoint.vaeScaleFactor());
        InpaintRecipe recipe = request.recipe();
        RgbImage seen = geometry.toWork(request.image());
        Mask mask = geometry.denoisingMask();
        RgbImage begun = recipe.fill(request.strength()).applied(seen, mask);
        GenerationResult made = pipeline.inpaint(
                new InpaintRequest(
                        settings(request, geometry),
                        begun,
                        mask,
                        recipe.isPlain() ? MaskReduction.NEAREST : MaskReduction.MAXIMUM,
                        request.strength()),
                progress);
        List<GeneratedImage> images = made.images().stream()
                .map(image -> new GeneratedImage(laidBack(image.image(), seen, mask, geometry, request), image.seed()))
                .toList();
        return new InpaintedSelection(
                new GenerationResult(images, made.latents(), provenance(made.provenance(), request)),
                geometry.blendMask());
    }

    private static Provenance provenance(Provenance of, SelectionRequest request) {
        // The pipeline knows but the part of each control image that it was shown.
        List<ControlImage> controlImages = request.settings().controlImages();
        List<ControlNetUse> controlNets = new ArrayList<>();
        for (ControlNetUse use : of.model().controlNets()) {
            controlNets.add(use.withImage(
                    PixelHash.of(controlImages.get(controlNets.size()).image())));
        }
        return of.withModel(of.model().withControlNets(controlNets))
                .withTask(new Task.Inpainting(
                        request.strength(),
                        Optional.of(request.recipe().asTyped()),
                        Optional.of(StoredMask.of(request.mask()))))
                .withSource(Source.of(request.image()))
                .resized(request.image().width(), request.image().height());
    }

    private static RgbImage laidBack(
            RgbImage made, RgbImage seen, Mask mask, SelectionGeometry geometry, SelectionRequest request) {
        RgbImage matched = request.recipe().isPlain() ? made : ColorMatch.matched(made, seen, mask);
        RgbImage part = Resampling.resized(
                matched, geometry.region().width(), geometry.region().height());
        return request.image().with(part, geometry.region());
    }

    /** A control image lies over the whole picture. */
    private static RgbImage asLargeAs(RgbImage picture, RgbImage control) {
        return Resampling.resized(control, picture.width(), picture.height());
    }

    private static TextToImageRequest settings(SelectionRequest request, SelectionGeometry geometry) {
        TextToImageRequest settings = request.settings()
                .withSize(geometry.work().width(), geometry.work().height())
                .withControlImages(request.settings().controlImages().stream()
                        .map(control -> control.with(image -> geometry.toWork(asLargeAs(request.image(), image))))
                        .toList());
        if (request.recipe().isPlain()) {
            return settings;
        }
        int enough = (int) Math.ceil(FEWEST_STEPS / request.strength());
        // Rounding must not take away the last of them.
        while ((int) (enough * request.strength()) < FEWEST_STEPS) {
            enough++;
        }
        return settings.withSteps(Math.min(Math.max(settings.steps(), enough), TextToImageRequest.MOST_STEPS));
    }
}
