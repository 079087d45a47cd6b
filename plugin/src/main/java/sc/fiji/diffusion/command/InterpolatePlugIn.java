package sc.fiji.diffusion.command;

import ij.plugin.PlugIn;
import java.util.Optional;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.job.BlendJob;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormInput;
import sc.fiji.diffusion.job.DiffusionJobs;
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
        values.map(given -> InterpolateForm.drawn(given))
                .ifPresent(drawn -> Generation.of(InterpolateForm.FORM, drawn).run(progress -> make(drawn, progress)));
    }

    private static Generation.Made make(FieldValues values, Progress progress) {
        BlendJob job = new BlendJob(values.text(SamplingFields.MODEL).strip(), InterpolateForm.request(values));
        GenerationResult result = DiffusionJobs.shared().run(job, progress);
        return Generation.Made.opened(
                ResultStack.newFrames(result, InterpolateForm.interval(values)),
                "seeds " + values.text(InterpolateForm.SEEDS));
    }
}
