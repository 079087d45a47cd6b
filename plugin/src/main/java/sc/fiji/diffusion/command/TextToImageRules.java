package sc.fiji.diffusion.command;

import static sc.fiji.diffusion.command.SamplingFields.MODEL;
import static sc.fiji.diffusion.command.SamplingFields.PROMPT;
import static sc.fiji.diffusion.command.TextToImageForm.APPEND;
import static sc.fiji.diffusion.command.TextToImageForm.COUNT;
import static sc.fiji.diffusion.command.TextToImageForm.HEIGHT;
import static sc.fiji.diffusion.command.TextToImageForm.WIDTH;

import ij.ImagePlus;
import java.util.Optional;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.job.TextToImageJob;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormRules;
import sc.fiji.diffusion.result.AppendTarget;

/** What belongs together in Text to Image: a model and what suits it, the active image and its size. */
final class TextToImageRules implements FormRules {

    static final FieldValues DEFAULTS = SamplingFields.DEFAULTS
            .orElse(ControlFields.DEFAULTS)
            .with(COUNT, "1")
            .with(APPEND, FieldValues.NO);

    private final ImagePlus active;
    private final ModelDefaults ofModel = ModelDefaults.sized();

    /** @param active the active image, or null if none is open */
    TextToImageRules(ImagePlus active) {
        this.active = active;
    }

    @Override
    public FieldValues complete(FieldValues given) {
        return ofModel.complete(given.orElse(DEFAULTS));
    }

    @Override
    public FieldValues examples() {
        return FieldValues.none().with(PROMPT, "many green nuclei on a dark background");
    }

    @Override
    public FieldValues adjusted(FieldValues before, FieldValues now) {
        return ofModel.adjusted(before, now);
    }

    @Override
    public FieldValues recorded(FieldValues values) {
        return ControlFields.recorded(values);
    }

    @Override
    public void check(FieldValues values) {
        TextToImageRequest request = job(values).request();
        ofModel.check(values);
        ControlFields.control(values, active);
        if (values.flag(APPEND)) {
            AppendTarget.of(active, request.width(), request.height());
        }
    }

    @Override
    public Optional<String> note(FieldValues values) {
        return ofModel.note(values);
    }

    /** The job that complete values ask for, with its control image made; a random seed is drawn now. */
    TextToImageJob controlledJob(FieldValues values) {
        TextToImageJob job = job(values);
        return ControlFields.control(values, active)
                .map(control -> new TextToImageJob(job.model(), control.controlNets(), control.applied(job.request())))
                .orElse(job);
    }

    /** The job without a ControlNet. */
    TextToImageJob job(FieldValues values) {
        int count = values.wholeInt(COUNT);
        if (count < 1) {
            throw new RequestException(COUNT + ": expected 1 or more, found " + count);
        }
        return new TextToImageJob(
                values.text(MODEL).strip(),
                SamplingFields.request(values, values.wholeInt(WIDTH), values.wholeInt(HEIGHT), count));
    }
}
