package sc.fiji.diffusion.edit;

import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.job.ImageToImageJob;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.ImageToImageRequest;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.hint.Control;
import sc.fiji.diffusion.job.DiffusionJobs;

/**
 * Makes pictures, or a rectangle in each, anew.
 *
 * @param model its name, folder or file
 * @param settings of the rectangle's size
 * @param strength above 0 and up to 1, and enough for one step
 * @param imageGuidance of models that follow instructions, from 1 up
 * @param control by a ControlNet; empty without one
 */
public record ImageToImageModel(
        String model, TextToImageRequest settings, double strength, double imageGuidance, Optional<Control> control)
        implements PictureModel {

    public ImageToImageModel {
        ImageToImageRequest.requireStrength(strength, settings.steps());
        ImageToImageRequest.requireImageGuidance(imageGuidance);
    }

    /** With the control image as it is now; what is made of each slice is made in its turn. */
    public ImageToImageModel ready() {
        return new ImageToImageModel(model, settings, strength, imageGuidance, control.map(Control::ready));
    }

    @Override
    public Made make(RgbImage seen, Mask mask, EditStep step, Progress progress) {
        Region region = mask.bounds().orElseThrow();
        TextToImageRequest ofThis = settings.withSeed(settings.seed() + step.seedOffset());
        TextToImageRequest controlled = control.map(found -> found.applied(ofThis, seen, step.positions(), region))
                .orElse(ofThis);
        ImageToImageRequest request = new ImageToImageRequest(controlled, seen.crop(region), strength, imageGuidance);
        List<String> controlNets = control.map(Control::controlNets).orElse(List.of());
        GenerationResult made = DiffusionJobs.shared().run(new ImageToImageJob(model, controlNets, request), progress);
        RgbImage image = seen.with(made.images().get(0).image(), region);
        return new Made(image, mask, made.provenance());
    }
}
