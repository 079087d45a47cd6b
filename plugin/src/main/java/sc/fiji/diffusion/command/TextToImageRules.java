package sc.fiji.diffusion.command;

import static sc.fiji.diffusion.command.SamplingFields.GUIDANCE;
import static sc.fiji.diffusion.command.SamplingFields.MODEL;
import static sc.fiji.diffusion.command.SamplingFields.PROMPT;
import static sc.fiji.diffusion.command.TextToImageForm.APPEND;
import static sc.fiji.diffusion.command.TextToImageForm.COUNT;
import static sc.fiji.diffusion.command.TextToImageForm.HEIGHT;
import static sc.fiji.diffusion.command.TextToImageForm.WIDTH;

import ij.ImagePlus;
import java.util.Map;
import sc.fiji.diffusion.engine.DiffusionException;
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
    private final KnownModels models = new KnownModels();

    /** @param active the active image, or null if none is open */
    TextToImageRules(ImagePlus active) {
        this.active = active;
    }

    @Override
    public FieldValues complete(FieldValues given) {
        FieldValues values = given.orElse(DEFAULTS);
        if (values.has(WIDTH) && values.has(HEIGHT) && values.has(GUIDANCE)) {
            return values;
        }
        return values.orElse(ofModel(values.text(MODEL)));
    }

    @Override
    public FieldValues examples() {
        return FieldValues.none().with(PROMPT, "many green nuclei on a dark background");
    }

    @Override
    public FieldValues adjusted(FieldValues before, FieldValues now) {
        if (before.text(MODEL).equals(now.text(MODEL))) {
            return now;
        }
        try {
            return ofModel(now.text(MODEL)).orElse(now);
        } catch (DiffusionException e) {
            // A path that is still being typed.
            return now;
        }
    }

    @Override
    public FieldValues recorded(FieldValues values) {
        return ControlFields.recorded(values);
    }

    @Override
    public void check(FieldValues values) {
        TextToImageRequest request = job(values).request();
        int factor = models.of(values.text(MODEL)).factor();
        requireMultiple(WIDTH, request.width(), factor);
        requireMultiple(HEIGHT, request.height(), factor);
        ControlFields.control(values, active);
        if (values.flag(APPEND)) {
            AppendTarget.of(active, request.width(), request.height());
        }
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

    /** What is best for a model. */
    private FieldValues ofModel(String model) {
        ModelTraits traits = models.of(model);
        String size = Integer.toString(traits.nativeSize());
        return new FieldValues(Map.of(WIDTH, size, HEIGHT, size, GUIDANCE, Double.toString(traits.guidanceScale())));
    }

    private static void requireMultiple(String key, int value, int factor) {
        if (value % factor != 0) {
            throw new RequestException(key + ": expected a multiple of " + factor + " for this model, found " + value);
        }
    }
}
