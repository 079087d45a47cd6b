package sc.fiji.diffusion.command;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.plugin.PlugIn;
import java.util.Optional;
import sc.fiji.diffusion.edit.EditPlan;
import sc.fiji.diffusion.edit.ImageEditor;
import sc.fiji.diffusion.edit.InpaintModel;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormInput;
import sc.fiji.diffusion.progress.StatusBarProgress;
import sc.fiji.diffusion.stack.WritableStack;

/** Plugins ▸ Diffusion ▸ Inpaint Selection…: makes what is selected in the active image anew, in its own pixels. */
public final class InpaintPlugIn implements PlugIn {

    @Override
    public void run(String argument) {
        CommandRun.generate(InpaintForm.FORM.title(), InpaintPlugIn::inpaint);
    }

    private static void inpaint() {
        ImagePlus image = WritableStack.require(WindowManager.getCurrentImage());
        EditRules rules = new EditRules(InpaintForm.DEFAULTS, values -> {
            InpaintValues.model(values, image.getWidth(), image.getHeight());
            plan(values, image);
            StackFields.range(values);
        });
        Optional<FieldValues> values = FormInput.get(InpaintForm.FORM, rules, HelpPage.html("inpaint-selection.html"));
        values.ifPresent(given -> make(given, image));
    }

    private static void make(FieldValues values, ImagePlus image) {
        InpaintModel model = InpaintValues.model(values, image.getWidth(), image.getHeight());
        EditPlan plan = plan(values, image);
        try (StatusBarProgress progress = new StatusBarProgress()) {
            int done = new ImageEditor(image, plan, StackFields.range(values)).run(model, progress);
            IJ.showStatus(InpaintForm.FORM.title() + ": " + done + (done == 1 ? " picture" : " pictures") + ", seed "
                    + model.settings().seed());
        }
    }

    private static EditPlan plan(FieldValues values, ImagePlus image) {
        return EditPlan.of(
                image, InpaintValues.source(values), StackFields.part(values, image), values.flag(StackFields.VARY));
    }
}
