package sc.fiji.diffusion.command;

import sc.fiji.diffusion.edit.EditStep;
import sc.fiji.diffusion.edit.PictureModel;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.job.UpscaleJob;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.ImageToImageRequest;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.upscale.UpscaleRequest;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.job.DiffusionJobs;

/**
 * Makes the details of pictures that were enlarged already anew, tile by tile, as the values of the form say.
 *
 * @param model its name or folder
 * @param settings of the pictures' size
 * @param strength above 0 and up to 1
 * @param overlap of the tiles
 */
record UpscaleModel(String model, TextToImageRequest settings, double strength, double overlap)
        implements PictureModel {

    /** The model of complete values; a random seed is drawn now. */
    static UpscaleModel of(FieldValues values, Size size) {
        TextToImageRequest settings = SamplingFields.request(values, size.width(), size.height(), 1);
        double strength = values.number(UpscaleForm.STRENGTH);
        ImageToImageRequest.requireStrength(strength, settings.steps());
        double overlap = values.number(UpscaleForm.OVERLAP);
        UpscaleRequest.requireOverlap(overlap);
        return new UpscaleModel(values.text(SamplingFields.MODEL).strip(), settings, strength, overlap);
    }

    long seed() {
        return settings.seed();
    }

    @Override
    public Made make(RgbImage seen, Mask mask, EditStep step, Progress progress) {
        UpscaleRequest request =
                new UpscaleRequest(settings.withSeed(settings.seed() + step.seedOffset()), seen, strength, overlap);
        GenerationResult made = DiffusionJobs.shared().run(new UpscaleJob(model, request), progress);
        return new Made(made.images().get(0).image(), mask, made.provenance());
    }
}
