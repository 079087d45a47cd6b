package sc.fiji.diffusion.command;

import ij.ImagePlus;
import ij.WindowManager;
import ij.plugin.PlugIn;
import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.edit.EditPlan;
import sc.fiji.diffusion.edit.ImageEditor;
import sc.fiji.diffusion.edit.InpaintModel;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormInput;
import sc.fiji.diffusion.pixels.ValueRange;
import sc.fiji.diffusion.stack.WritableStack;

/** Plugins ▸ Diffusion ▸ Inpaint Selection…: makes what is selected in the active image anew, in its own pixels. */
public final class InpaintPlugIn implements PlugIn {

    /** What a plan hangs on, for which every ROI is drawn. */
    private static final List<String> PLAN_KEYS = List.of(
            InpaintForm.MASK,
            InpaintForm.MASK_IMAGE,
            StackFields.SLICES,
            StackFields.CHANNELS,
            StackFields.FRAMES,
            StackFields.VARY);

    @Override
    public void run(String argument) {
        CommandRun.generate(InpaintForm.FORM.title(), InpaintPlugIn::inpaint);
    }

    private static void inpaint() {
        ImagePlus image = WritableStack.requireInMemory(WindowManager.getCurrentImage());
        LastChecked planned = new LastChecked(PLAN_KEYS, values -> plan(values, image));
        EditRules rules = new EditRules(InpaintForm.DEFAULTS, values -> {
            InpaintValues.model(values, image.getWidth(), image.getHeight());
            planned.accept(values);
            StackFields.range(values);
        });
        Optional<FieldValues> values = FormInput.get(InpaintForm.FORM, rules, HelpPage.html("inpaint-selection.html"));
        values.map(given -> SamplingFields.drawn(given, SamplingFields.SEED)).ifPresent(drawn -> {
            InpaintModel model = InpaintValues.model(drawn, image.getWidth(), image.getHeight());
            // The mask as it is now: the next selection may be drawn while this one waits.
            EditPlan plan = plan(drawn, image);
            ValueRange range = StackFields.range(drawn);
            new Generation(InpaintForm.FORM, drawn, Optional.of(image))
                    .run(progress -> make(model, new ImageEditor(image, plan, range), progress));
        });
    }

    private static Generation.Made make(InpaintModel model, ImageEditor editor, Progress progress) {
        int done = editor.run(model, progress);
        return Generation.Made.changed(
                editor.image(),
                done + (done == 1 ? " picture" : " pictures") + ", seed "
                        + model.settings().seed());
    }

    private static EditPlan plan(FieldValues values, ImagePlus image) {
        return EditPlan.of(
                image, InpaintValues.source(values), StackFields.part(values, image), values.flag(StackFields.VARY));
    }
}
