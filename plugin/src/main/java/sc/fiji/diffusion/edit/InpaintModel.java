package sc.fiji.diffusion.edit;

import java.util.OptionalInt;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.inpaint.InpaintRecipe;
import sc.fiji.diffusion.engine.inpaint.InpaintedSelection;
import sc.fiji.diffusion.engine.inpaint.SelectionRequest;
import sc.fiji.diffusion.engine.job.InpaintJob;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.job.DiffusionJobs;

/**
 * Makes what a mask covers anew.
 *
 * @param model its name, folder or file
 * @param settings of the image's size
 * @param strength above 0 and up to 1
 * @param recipe how; what lies outside the mask stays whatever it says
 */
public record InpaintModel(String model, TextToImageRequest settings, double strength, InpaintRecipe recipe)
        implements PictureModel {

    public InpaintModel {
        if (!(strength > 0 && strength <= 1)) {
            throw new RequestException("strength: expected above 0 and up to 1, found " + strength);
        }
        if (recipe.isPlain()) {
            // It would pass the whole image through the model. Nothing given for grow means 0 as well, and only that.
            recipe = new InpaintRecipe(recipe.crop(), OptionalInt.empty(), recipe.feather(), recipe.fill());
        }
    }

    @Override
    public Made make(RgbImage seen, Mask mask, EditStep step, Progress progress) {
        TextToImageRequest ofThis = settings.withSeed(settings.seed() + step.seedOffset());
        InpaintedSelection made = DiffusionJobs.shared()
                .run(new InpaintJob(model, new SelectionRequest(ofThis, seen, mask, strength, recipe)), progress);
        return new Made(
                made.result().images().get(0).image(),
                made.blend(),
                made.result().provenance());
    }
}
