package sc.fiji.diffusion.command;

import sc.fiji.diffusion.edit.PictureModel;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.ImageToImageRequest;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.job.DiffusionJobs;
import sc.fiji.diffusion.job.ImageToImageJob;

/**
 * Makes pictures, or a rectangle in each, anew as the values of the form say.
 *
 * @param model its name, folder or file
 * @param settings of the rectangle's size
 * @param strength above 0 and up to 1
 */
record ImageToImageModel(String model, TextToImageRequest settings, double strength) implements PictureModel {

    /** The model of complete values; a random seed is drawn now. */
    static ImageToImageModel of(FieldValues values, Region region) {
        TextToImageRequest settings = SamplingFields.request(values, region.width(), region.height(), 1);
        double strength = values.number(ImageToImageForm.STRENGTH);
        ImageToImageRequest.requireStrength(strength, settings.steps());
        return new ImageToImageModel(values.text(SamplingFields.MODEL).strip(), settings, strength);
    }

    long seed() {
        return settings.seed();
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
