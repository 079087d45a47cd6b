package sc.fiji.diffusion.command;

import ij.IJ;
import ij.plugin.PlugIn;
import java.util.Optional;
import sc.fiji.diffusion.engine.job.BlendJob;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormInput;
import sc.fiji.diffusion.job.DiffusionJobs;
import sc.fiji.diffusion.progress.StatusBarProgress;
import sc.fiji.diffusion.result.ResultStack;

/** Plugins ▸ Diffusion ▸ Interpolate…: a walk between prompts, or seeds, or both, as the frames of a new stack. */
public final class InterpolatePlugIn implements PlugIn {

    @Override
    public void run(String argument) {
        CommandRun.generate(InterpolateForm.FORM.title(), InterpolatePlugIn::interpolate);
    }

    private static void interpolate() {
        EditRules rules = EditRules.sized(InterpolateForm.DEFAULTS, InterpolateForm.EXAMPLES, InterpolateForm::request);
        Optional<FieldValues> values = FormInput.get(InterpolateForm.FORM, rules, HelpPage.html("interpolate.html"));
        values.ifPresent(given -> make(InterpolateForm.drawn(given)));
    }

    private static void make(FieldValues values) {
        BlendJob job = new BlendJob(values.text(SamplingFields.MODEL).strip(), InterpolateForm.request(values));
        GenerationResult result;
        try (StatusBarProgress progress = new StatusBarProgress()) {
            result = DiffusionJobs.shared().run(job, progress);
        }
        ResultStack.newFrames(result, InterpolateForm.interval(values)).show();
        IJ.showStatus(InterpolateForm.FORM.title() + ": seeds " + values.text(InterpolateForm.SEEDS));
    }
}
