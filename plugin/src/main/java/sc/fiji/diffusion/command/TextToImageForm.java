package sc.fiji.diffusion.command;

import static sc.fiji.diffusion.command.SamplingFields.GUIDANCE;
import static sc.fiji.diffusion.command.SamplingFields.MODEL;
import static sc.fiji.diffusion.command.SamplingFields.NEGATIVE;
import static sc.fiji.diffusion.command.SamplingFields.PROMPT;
import static sc.fiji.diffusion.command.SamplingFields.SCHEDULER;
import static sc.fiji.diffusion.command.SamplingFields.SEED;
import static sc.fiji.diffusion.command.SamplingFields.STEPS;

import java.util.List;
import sc.fiji.diffusion.form.Field;
import sc.fiji.diffusion.form.Form;

/** The fields of Text to Image. Macros rely on the keys: they never change. */
final class TextToImageForm {

    static final String WIDTH = ModelDefaults.WIDTH;
    static final String HEIGHT = ModelDefaults.HEIGHT;
    static final String COUNT = "count";
    static final String APPEND = "append";

    static final Field WIDTH_FIELD = new Field.Numeric(WIDTH, "Width", "");
    static final Field HEIGHT_FIELD = new Field.Numeric(HEIGHT, "Height", "pixels");

    static final Form FORM = new Form(
            "Text to Image...",
            List.of(
                    SamplingFields.MODEL_FIELD,
                    WIDTH_FIELD,
                    HEIGHT_FIELD,
                    SamplingFields.STEPS_FIELD,
                    SamplingFields.GUIDANCE_FIELD,
                    SamplingFields.SCHEDULER_FIELD,
                    SamplingFields.SEED_FIELD,
                    new Field.Numeric(COUNT, "Count", "images"),
                    new Field.Flag(APPEND, "Append to the active stack"),
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
                                    List.of(PROMPT),
                                    List.of(NEGATIVE),
                                    List.of(MODEL),
                                    List.of(WIDTH, HEIGHT),
                                    List.of(STEPS, GUIDANCE),
                                    List.of(SCHEDULER, SEED),
                                    List.of(COUNT, APPEND))),
                    ControlFields.SECTION));

    private TextToImageForm() {}
}
