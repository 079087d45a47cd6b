package sc.fiji.diffusion.command;

import ij.ImagePlus;
import java.util.Optional;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.provenance.History;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.provenance.Sampling;
import sc.fiji.diffusion.engine.provenance.StackHistory;
import sc.fiji.diffusion.engine.provenance.Task;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormMemory;
import sc.fiji.diffusion.job.SchedulerNames;
import sc.fiji.diffusion.provenance.ImageProvenance;

/** What the provenance of a picture says that was made from a text alone, in the fields of Variations. */
final class VariedPicture {

    private VariedPicture() {}

    /** Of the slice that an image shows; none if it was not made so, or that is not known. */
    static FieldValues of(ImagePlus image) {
        if (image == null || image.getProcessor() == null) {
            return FieldValues.none();
        }
        return ImageProvenance.of(image, image.getCurrentSlice())
                .map(StackHistory.Known::history)
                .filter(history -> history.entries().size() == 1)
                .map(History::last)
                .filter(VariedPicture::isFromTextAlone)
                .map(VariedPicture::values)
                .orElse(FieldValues.none());
    }

    private static boolean isFromTextAlone(Provenance made) {
        return (made.task() instanceof Task.TextToImage || made.task() instanceof Task.Blend)
                && made.model().controlNets().isEmpty();
    }

    private static FieldValues values(Provenance made) {
        Sampling sampling = made.sampling();
        FieldValues values = FieldValues.none()
                .with(SamplingFields.PROMPT, made.prompt())
                .with(SamplingFields.NEGATIVE, made.texts().negativePrompt())
                .with(ModelDefaults.WIDTH, Integer.toString(sampling.size().width()))
                .with(ModelDefaults.HEIGHT, Integer.toString(sampling.size().height()))
                .with(SamplingFields.STEPS, Integer.toString(sampling.steps()))
                .with(SamplingFields.GUIDANCE, Double.toString(sampling.guidanceScale()))
                .with(SamplingFields.SEED, Long.toString(made.seed()));
        values = scheduler(sampling)
                .map(name -> FieldValues.none().with(SamplingFields.SCHEDULER, name))
                .orElse(FieldValues.none())
                .orElse(values);
        return model(made.model().name())
                .map(model -> FieldValues.none().with(SamplingFields.MODEL, model))
                .orElse(FieldValues.none())
                .orElse(values);
    }

    /** By its name, where that says all; else it is the model's own. */
    private static Optional<String> scheduler(Sampling sampling) {
        return SchedulerNames.names().stream()
                .filter(name -> sampling.schedulerConfig().isEmpty() && name.equals(sampling.scheduler()))
                .findFirst();
    }

    /** Provenance keeps names alone: where the model lies, the dialogs may remember. */
    private static Optional<String> model(String name) {
        return Stream.concat(
                        Stream.of(Models.EMBEDDED),
                        Stream.of(TextToImageForm.FORM, VariationsForm.FORM, InterpolateForm.FORM)
                                .map(FormMemory::load)
                                .filter(typed -> typed.has(SamplingFields.MODEL))
                                .map(typed -> typed.text(SamplingFields.MODEL).strip()))
                .filter(path -> path.replaceFirst("^.*[/\\\\]", "")
                        .replaceFirst("\\.safetensors$", "")
                        .equals(name))
                .findFirst();
    }
}
