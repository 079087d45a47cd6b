package sc.fiji.diffusion.command;

import ij.ImagePlus;
import java.util.List;
import sc.fiji.diffusion.edit.EditOutput;
import sc.fiji.diffusion.edit.ImageToImageModel;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.pipeline.ImageToImageRequest;
import sc.fiji.diffusion.form.Field;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.Form;

/** The fields of Image to Image. Macros rely on the keys: they never change. */
final class ImageToImageForm {

    static final String STRENGTH = "strength";
    static final String OUTPUT = "output";
    static final String IMAGE_GUIDANCE = "imageguidance";

    static final Field.Choice OUTPUT_FIELD = new Field.Choice(
            OUTPUT,
            "Output",
            List.of(
                    new Field.Option(EditOutput.NEW.key(), "New image"),
                    new Field.Option(EditOutput.REPLACE.key(), "In place"),
                    new Field.Option(EditOutput.APPEND.key(), "Append to the stack")));

    static final Form FORM = new Form(
            "Image to Image...",
            List.of(
                    SamplingFields.MODEL_FIELD,
                    new Field.Numeric(STRENGTH, "Strength", "(0 to 1)"),
                    SamplingFields.STEPS_FIELD,
                    SamplingFields.GUIDANCE_FIELD,
                    SamplingFields.SCHEDULER_FIELD,
                    SamplingFields.SEED_FIELD,
                    OUTPUT_FIELD,
                    StackFields.RANGE_FIELD,
                    StackFields.MIN_FIELD,
                    StackFields.MAX_FIELD,
                    StackFields.VARY_FIELD,
                    StackFields.SLICES_FIELD,
                    StackFields.CHANNELS_FIELD,
                    StackFields.FRAMES_FIELD,
                    new Field.Numeric(IMAGE_GUIDANCE, "Image guidance", "(1 or more)"),
                    ControlFields.CONTROLNET_FIELD,
                    ControlFields.HINT_FIELD,
                    ControlFields.EDGE_LOW_FIELD,
                    ControlFields.EDGE_HIGH_FIELD,
                    ControlFields.SCALE_FIELD,
                    ControlFields.START_FIELD,
                    ControlFields.END_FIELD,
                    ControlFields.CONTROL_IMAGE_FIELD,
                    SamplingFields.NEGATIVE_FIELD,
                    SamplingFields.PROMPT_FIELD),
            List.of(
                    new Form.Section(
                            "",
                            List.of(
                                    List.of(SamplingFields.PROMPT),
                                    List.of(SamplingFields.NEGATIVE),
                                    List.of(SamplingFields.MODEL),
                                    List.of(STRENGTH, SamplingFields.STEPS, SamplingFields.GUIDANCE),
                                    List.of(SamplingFields.SCHEDULER, SamplingFields.SEED),
                                    List.of(OUTPUT))),
                    StackFields.SECTION,
                    ControlFields.SECTION,
                    new Form.Section(
                            "Models that follow instructions (InstructPix2Pix)", List.of(List.of(IMAGE_GUIDANCE)))));

    static final FieldValues DEFAULTS = SamplingFields.DEFAULTS
            .orElse(StackFields.DEFAULTS)
            .orElse(ControlFields.DEFAULTS)
            .with(IMAGE_GUIDANCE, Double.toString(ImageToImageRequest.DEFAULT_IMAGE_GUIDANCE_SCALE))
            .with(STRENGTH, Double.toString(ImageToImageRequest.DEFAULT_STRENGTH))
            .with(OUTPUT, EditOutput.NEW.key());

    private ImageToImageForm() {}

    /** The model of complete values; a random seed is drawn now. */
    static ImageToImageModel model(FieldValues values, ImagePlus active, Region region) {
        return new ImageToImageModel(
                values.text(SamplingFields.MODEL).strip(),
                SamplingFields.request(values, region.width(), region.height(), 1),
                values.number(STRENGTH),
                values.number(IMAGE_GUIDANCE),
                ControlFields.control(values, active));
    }
}
