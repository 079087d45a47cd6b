package sc.fiji.diffusion.command;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import sc.fiji.diffusion.edit.PictureModel;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.MaskFill;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.inpaint.Crop;
import sc.fiji.diffusion.engine.inpaint.InpaintRecipe;
import sc.fiji.diffusion.engine.inpaint.InpaintedSelection;
import sc.fiji.diffusion.engine.inpaint.SelectionRequest;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.job.DiffusionJobs;
import sc.fiji.diffusion.job.InpaintJob;
import sc.fiji.diffusion.selection.MaskSource;

/**
 * Inpaints as the values of the form say.
 *
 * @param model its name, folder or file
 * @param settings of the image's size
 * @param strength above 0 and up to 1
 * @param recipe how
 */
record InpaintModel(String model, TextToImageRequest settings, double strength, InpaintRecipe recipe)
        implements PictureModel {

    /** The model of complete values; a random seed is drawn now. */
    static InpaintModel of(FieldValues values, int width, int height) {
        double strength = values.number(InpaintForm.STRENGTH);
        if (!(strength > 0 && strength <= 1)) {
            throw new RequestException("strength: expected above 0 and up to 1, found " + strength);
        }
        InpaintRecipe recipe = new InpaintRecipe(
                Crop.parse(InpaintForm.CROP_FIELD
                        .option(values.text(InpaintForm.CROP))
                        .name()),
                pixels(values, InpaintForm.GROW),
                pixels(values, InpaintForm.FEATHER),
                fill(values));
        return new InpaintModel(
                values.text(SamplingFields.MODEL).strip(),
                SamplingFields.request(values, width, height, 1),
                strength,
                recipe);
    }

    /** Where the masks come from. */
    static MaskSource source(FieldValues values) {
        String name =
                InpaintForm.MASK_FIELD.option(values.text(InpaintForm.MASK)).name();
        return switch (name) {
            case InpaintForm.MANAGER -> new MaskSource.RoiManagerTogether();
            case InpaintForm.EACH -> new MaskSource.RoiManagerEach();
            case InpaintForm.IMAGE -> new MaskSource.MaskImage(values.text(InpaintForm.MASK_IMAGE));
            default -> new MaskSource.ActiveSelection();
        };
    }

    long seed() {
        return settings.seed();
    }

    @Override
    public Made make(RgbImage seen, Mask mask, int seedOffset, Progress progress) {
        TextToImageRequest ofThis = settings.withSeed(settings.seed() + seedOffset);
        InpaintedSelection made = DiffusionJobs.shared()
                .run(new InpaintJob(model, new SelectionRequest(ofThis, seen, mask, strength, recipe)), progress);
        return new Made(
                made.result().images().get(0).image(),
                made.blend(),
                made.result().provenance().text());
    }

    private static OptionalInt pixels(FieldValues values, String key) {
        int pixels = values.wholeInt(key);
        if (pixels < -1) {
            throw new RequestException(key + ": expected 0 or more pixels, or -1 for automatic, found " + pixels);
        }
        return pixels < 0 ? OptionalInt.empty() : OptionalInt.of(pixels);
    }

    private static Optional<MaskFill> fill(FieldValues values) {
        String name =
                InpaintForm.FILL_FIELD.option(values.text(InpaintForm.FILL)).name();
        return name.equals(InpaintForm.AUTO)
                ? Optional.empty()
                : Optional.of(MaskFill.valueOf(name.toUpperCase(Locale.ROOT)));
    }
}
