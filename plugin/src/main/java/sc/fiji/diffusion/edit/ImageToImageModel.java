package sc.fiji.diffusion.edit;

import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.ImageToImageRequest;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.job.DiffusionJobs;
import sc.fiji.diffusion.job.ImageToImageJob;

/**
 * Makes pictures, or a rectangle in each, anew.
 *
 * @param model its name, folder or file
 * @param settings of the rectangle's size
 * @param strength above 0 and up to 1, and enough for one step
 */
public record ImageToImageModel(String model, TextToImageRequest settings, double strength) implements PictureModel {

    public ImageToImageModel {
        ImageToImageRequest.requireStrength(strength, settings.steps());
    }

    @Override
    public Made make(RgbImage seen, Mask mask, int seedOffset, Progress progress) {
        Region region = mask.bounds().orElseThrow();
        ImageToImageRequest request =
                new ImageToImageRequest(settings.withSeed(settings.seed() + seedOffset), seen.crop(region), strength);
        GenerationResult made = DiffusionJobs.shared().run(new ImageToImageJob(model, request), progress);
        RgbImage image = seen.with(made.images().get(0).image(), region);
        return new Made(image, mask, made.provenance().text());
    }
}
