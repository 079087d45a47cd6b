package sc.fiji.diffusion.command;

import ij.ImagePlus;
import ij.WindowManager;
import ij.plugin.PlugIn;
import java.util.Optional;
import sc.fiji.diffusion.edit.ImageUpscaler;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormInput;
import sc.fiji.diffusion.stack.OpenImage;

/** Plugins ▸ Diffusion ▸ Upscale…: a copy of the active image, or of some of its slices, in another size. */
public final class UpscalePlugIn implements PlugIn {

    @Override
    public void run(String argument) {
        CommandRun.generate(UpscaleForm.FORM.title(), UpscalePlugIn::upscale);
    }

    private static void upscale() {
        ImagePlus image = OpenImage.require(WindowManager.getCurrentImage());
        EditRules rules = new EditRules(UpscaleForm.DEFAULTS, values -> {
            Size size = UpscaleForm.size(values, image.getWidth(), image.getHeight());
            UpscaleModel.of(values, size);
            StackFields.part(values, image).positions(image);
            StackFields.range(values);
        });
        Optional<FieldValues> values = FormInput.get(UpscaleForm.FORM, rules, HelpPage.html("upscale.html"));
        values.map(given -> SamplingFields.drawn(given, SamplingFields.SEED)).ifPresent(drawn -> {
            Size size = UpscaleForm.size(drawn, image.getWidth(), image.getHeight());
            UpscaleModel model = UpscaleModel.of(drawn, size);
            ImageUpscaler upscaler = new ImageUpscaler(
                    image,
                    StackFields.part(drawn, image),
                    size,
                    StackFields.range(drawn),
                    drawn.flag(StackFields.VARY));
            new Generation(UpscaleForm.FORM, drawn, Optional.of(image))
                    .run(progress -> Generation.Made.opened(upscaler.run(model, progress), "seed " + model.seed()));
        });
    }
}
