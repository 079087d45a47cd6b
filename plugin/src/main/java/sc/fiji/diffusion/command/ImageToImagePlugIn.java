package sc.fiji.diffusion.command;

import ij.ImagePlus;
import ij.WindowManager;
import ij.plugin.PlugIn;
import java.util.Optional;
import sc.fiji.diffusion.edit.EditOutput;
import sc.fiji.diffusion.edit.EditPlan;
import sc.fiji.diffusion.edit.ImageToImageModel;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormInput;
import sc.fiji.diffusion.pixels.ValueRange;
import sc.fiji.diffusion.selection.SelectedRectangle;

/** Plugins ▸ Diffusion ▸ Image to Image…: makes the active image, or a rectangle in it, anew. */
public final class ImageToImagePlugIn implements PlugIn {

    @Override
    public void run(String argument) {
        CommandRun.generate(ImageToImageForm.FORM.title(), ImageToImagePlugIn::imageToImage);
    }

    private static void imageToImage() {
        ImagePlus image = WindowManager.getCurrentImage();
        Region region = SelectedRectangle.of(image);
        EditRules rules = new EditRules(ImageToImageForm.DEFAULTS, values -> {
            ImageToImageForm.model(values, image, region);
            plan(values, image, region);
            StackFields.range(values);
        });
        Optional<FieldValues> values =
                FormInput.get(ImageToImageForm.FORM, rules, HelpPage.html("image-to-image.html"));
        values.map(given -> SamplingFields.drawn(given, SamplingFields.SEED)).ifPresent(drawn -> {
            ImageToImageModel model =
                    ImageToImageForm.model(drawn, image, region).ready();
            EditPlan plan = plan(drawn, image, region);
            ValueRange range = StackFields.range(drawn);
            EditOutput output = EditOutput.of(ImageToImageForm.OUTPUT_FIELD
                    .option(drawn.text(ImageToImageForm.OUTPUT))
                    .name());
            new Generation(ImageToImageForm.FORM, drawn, Optional.of(image)).run(progress -> {
                String status = "seed " + model.settings().seed();
                return output.run(image, plan, range, model, progress)
                        .map(made -> Generation.Made.opened(made, status))
                        .orElseGet(() -> Generation.Made.changed(image, status));
            });
        });
    }

    private static EditPlan plan(FieldValues values, ImagePlus image, Region region) {
        return EditPlan.whole(
                image,
                Mask.of(region, image.getWidth(), image.getHeight()),
                StackFields.part(values, image),
                values.flag(StackFields.VARY));
    }
}
