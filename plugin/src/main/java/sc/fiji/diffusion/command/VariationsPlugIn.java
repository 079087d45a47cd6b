package sc.fiji.diffusion.command;

import ij.WindowManager;
import ij.plugin.PlugIn;
import java.util.Optional;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.job.BlendJob;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormInput;
import sc.fiji.diffusion.job.DiffusionJobs;
import sc.fiji.diffusion.result.ResultStack;

/** Plugins ▸ Diffusion ▸ Variations…: pictures like the active one, which was generated, in a new stack. */
public final class VariationsPlugIn implements PlugIn {

    @Override
    public void run(String argument) {
        CommandRun.generate(VariationsForm.FORM.title(), VariationsPlugIn::vary);
    }

    private static void vary() {
        FieldValues known = VariedPicture.of(WindowManager.getCurrentImage());
        VariationsRules rules = new VariationsRules(known);
        Optional<FieldValues> values = FormInput.get(VariationsForm.FORM, rules, HelpPage.html("variations.html"));
        values.map(given -> SamplingFields.drawn(given, SamplingFields.SEED, VariationsForm.VARIATION_SEED))
                .ifPresent(drawn -> Generation.of(VariationsForm.FORM, drawn).run(progress -> make(drawn, progress)));
    }

    private static Generation.Made make(FieldValues values, Progress progress) {
        BlendJob job = new BlendJob(values.text(SamplingFields.MODEL).strip(), VariationsForm.request(values));
        GenerationResult result = DiffusionJobs.shared().run(job, progress);
        return Generation.Made.opened(
                ResultStack.newImage(result), "variation seed " + values.text(VariationsForm.VARIATION_SEED));
    }
}
