package sc.fiji.diffusion.command;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.plugin.PlugIn;
import java.util.Optional;
import sc.fiji.diffusion.edit.ImageUpscaler;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormInput;
import sc.fiji.diffusion.progress.StatusBarProgress;

/** Plugins ▸ Diffusion ▸ Upscale…: a copy of the active image, or of some of its slices, in another size. */
public final class UpscalePlugIn implements PlugIn {

    @Override
    public void run(String argument) {
        CommandRun.generate(UpscaleForm.FORM.title(), UpscalePlugIn::upscale);
    }

    private static void upscale() {
        ImagePlus image = WindowManager.getCurrentImage();
        if (image == null || image.getProcessor() == null) {
            throw new RequestException("image: expected an open image, found none");
        }
        EditRules rules = new EditRules(UpscaleForm.DEFAULTS, values -> {
            Size size = UpscaleForm.size(values, image.getWidth(), image.getHeight());
            UpscaleModel.of(values, size);
            StackFields.part(values, image).positions(image);
            StackFields.range(values);
        });
        Optional<FieldValues> values = FormInput.get(UpscaleForm.FORM, rules, HelpPage.html("upscale.html"));
        values.ifPresent(given -> make(given, image));
    }

    private static void make(FieldValues values, ImagePlus image) {
        Size size = UpscaleForm.size(values, image.getWidth(), image.getHeight());
        UpscaleModel model = UpscaleModel.of(values, size);
        ImageUpscaler upscaler = new ImageUpscaler(
                image, StackFields.part(values, image), size, StackFields.range(values), values.flag(StackFields.VARY));
        try (StatusBarProgress progress = new StatusBarProgress()) {
            progress.show(upscaler.run(model, progress));
        }
        IJ.showStatus(UpscaleForm.FORM.title() + ": seed " + model.seed());
    }
}
