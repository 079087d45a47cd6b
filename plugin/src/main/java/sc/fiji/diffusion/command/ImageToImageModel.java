package sc.fiji.diffusion.command;

import ij.ImagePlus;
import java.util.List;
import java.util.Optional;
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
 * @param model its name or folder
 * @param settings of the rectangle's size
 * @param strength above 0 and up to 1
 * @param imageGuidance of models that follow instructions, from 1 up
 * @param control by a ControlNet; empty without one
 */
record ImageToImageModel(
        String model, TextToImageRequest settings, double strength, double imageGuidance, Optional<Control> control)
        implements PictureModel {

    /** The model of complete values, for the active image; a random seed is drawn now. */
    static ImageToImageModel of(FieldValues values, ImagePlus active, Region region) {
        TextToImageRequest settings = SamplingFields.request(values, region.width(), region.height(), 1);
        double strength = values.number(ImageToImageForm.STRENGTH);
        ImageToImageRequest.requireStrength(strength, settings.steps());
        double imageGuidance = values.number(ImageToImageForm.IMAGE_GUIDANCE);
        ImageToImageRequest.requireImageGuidance(imageGuidance);
        return new ImageToImageModel(
                values.text(SamplingFields.MODEL).strip(),
                settings,
                strength,
                imageGuidance,
                ControlFields.control(values, active));
    }

    long seed() {
        return settings.seed();
    }

    @Override
    public Made make(RgbImage seen, Mask mask, int seedOffset, Progress progress) {
        Region region = mask.bounds().orElseThrow();
        TextToImageRequest ofThis = settings.withSeed(settings.seed() + seedOffset);
        TextToImageRequest controlled =
                control.map(found -> found.applied(ofThis, seen, region)).orElse(ofThis);
        ImageToImageRequest request = new ImageToImageRequest(controlled, seen.crop(region), strength, imageGuidance);
        List<String> controlNets = control.map(Control::controlNets).orElse(List.of());
        GenerationResult made = DiffusionJobs.shared().run(new ImageToImageJob(model, controlNets, request), progress);
        RgbImage image = seen.with(made.images().get(0).image(), region);
        return new Made(image, mask, made.provenance().text());
    }
}
