package sc.fiji.diffusion.command;

import java.util.List;
import java.util.OptionalInt;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.upscale.ScaledSize;
import sc.fiji.diffusion.engine.upscale.UpscaleRequest;
import sc.fiji.diffusion.form.Field;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.Form;

/** The fields of Upscale. Macros rely on the keys: they never change. */
final class UpscaleForm {

    static final String STRENGTH = "strength";
    static final String SCALE = "scale";
    static final String WIDTH = "width";
    static final String HEIGHT = "height";
    static final String OVERLAP = "overlap";

    static final Form FORM = new Form(
            "Upscale...",
            List.of(
                    SamplingFields.MODEL_FIELD,
                    new Field.Numeric(STRENGTH, "Strength", "(0 to 1)"),
                    SamplingFields.STEPS_FIELD,
                    SamplingFields.GUIDANCE_FIELD,
                    SamplingFields.SCHEDULER_FIELD,
                    SamplingFields.SEED_FIELD,
                    new Field.Numeric(SCALE, "Scale", "times, or"),
                    new Field.Numeric(WIDTH, "Width", ""),
                    new Field.Numeric(HEIGHT, "Height", "(0: by the scale)"),
                    new Field.Numeric(OVERLAP, "Tile overlap", "(0 to 0.5)"),
                    StackFields.RANGE_FIELD,
                    StackFields.MIN_FIELD,
                    StackFields.MAX_FIELD,
                    StackFields.VARY_FIELD,
                    StackFields.SLICES_FIELD,
                    StackFields.CHANNELS_FIELD,
                    StackFields.FRAMES_FIELD,
                    SamplingFields.NEGATIVE_FIELD,
                    SamplingFields.PROMPT_FIELD),
            List.of(
                    new Form.Section(
                            "",
                            List.of(
                                    List.of(SamplingFields.PROMPT),
                                    List.of(SamplingFields.NEGATIVE),
                                    List.of(SamplingFields.MODEL),
                                    List.of(SCALE, WIDTH, HEIGHT),
                                    List.of(STRENGTH, SamplingFields.STEPS, SamplingFields.GUIDANCE),
                                    List.of(SamplingFields.SCHEDULER, SamplingFields.SEED, OVERLAP))),
                    StackFields.SECTION));

    static final FieldValues DEFAULTS = SamplingFields.DEFAULTS
            .orElse(StackFields.DEFAULTS)
            .with(STRENGTH, Double.toString(UpscaleRequest.DEFAULT_STRENGTH))
            .with(SCALE, Double.toString(ScaledSize.DEFAULT_SCALE))
            .with(WIDTH, "0")
            .with(HEIGHT, "0")
            .with(OVERLAP, Double.toString(UpscaleRequest.DEFAULT_OVERLAP));

    private UpscaleForm() {}

    /** The size that complete values ask for; a width or height of 0 is none, and one that is given is heeded first. */
    static Size size(FieldValues values, int width, int height) {
        Size size = new Size(width, height);
        OptionalInt newWidth = side(values, WIDTH);
        OptionalInt newHeight = side(values, HEIGHT);
        return newWidth.isEmpty() && newHeight.isEmpty()
                ? ScaledSize.of(size, values.number(SCALE))
                : ScaledSize.of(size, newWidth, newHeight);
    }

    private static OptionalInt side(FieldValues values, String key) {
        int pixels = values.wholeInt(key);
        if (pixels < 0) {
            throw new RequestException(key + ": expected 0 or more pixels, found " + pixels);
        }
        return pixels == 0 ? OptionalInt.empty() : OptionalInt.of(pixels);
    }
}
