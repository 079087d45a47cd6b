package sc.fiji.diffusion.command;

import ij.ImagePlus;
import ij.WindowManager;
import ij.plugin.PlugIn;
import java.util.Optional;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.job.TextToImageJob;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormInput;
import sc.fiji.diffusion.job.DiffusionJobs;
import sc.fiji.diffusion.result.AppendTarget;
import sc.fiji.diffusion.result.ResultStack;

/** Plugins ▸ Diffusion ▸ Text to Image…: from a prompt to a new image or stack, or to slices of the active one. */
public final class TextToImagePlugIn implements PlugIn {

    @Override
    public void run(String argument) {
        CommandRun.generate(TextToImageForm.FORM.title(), TextToImagePlugIn::textToImage);
    }

    private static void textToImage() {
        ImagePlus active = WindowManager.getCurrentImage();
        TextToImageRules rules = new TextToImageRules(active);
        Optional<FieldValues> values = FormInput.get(TextToImageForm.FORM, rules, HelpPage.html("text-to-image.html"));
        values.ifPresent(given -> {
            FieldValues drawn = SamplingFields.drawn(given, SamplingFields.SEED);
            TextToImageJob job = rules.controlledJob(drawn);
            ImagePlus target = given.flag(TextToImageForm.APPEND) ? active : null;
            Generation.of(TextToImageForm.FORM, drawn).run(progress -> make(job, target, progress));
        });
    }

    /** @param target the image to append to, or null for a new one */
    private static Generation.Made make(TextToImageJob job, ImagePlus target, Progress progress) {
        GenerationResult result = DiffusionJobs.shared().run(job, progress);
        String status = "seed " + job.request().seed();
        return target == null
                ? Generation.Made.opened(ResultStack.newImage(result), status)
                : Generation.Made.changed(append(result, target, job.request()), status);
    }

    /** The image may have been closed or changed in the meantime: then the result opens apart, so as not to be lost. */
    private static ImagePlus append(GenerationResult result, ImagePlus target, TextToImageRequest request) {
        try {
            return AppendTarget.of(target, request.width(), request.height()).append(result);
        } catch (RequestException e) {
            ResultStack.newImage(result).show();
            throw e;
        }
    }
}
