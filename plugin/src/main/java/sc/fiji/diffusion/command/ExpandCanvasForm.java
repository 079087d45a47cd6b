package sc.fiji.diffusion.command;

import java.util.List;
import sc.fiji.diffusion.canvas.CanvasBorder;
import sc.fiji.diffusion.form.Field;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.Form;

/** The fields of Expand Canvas. Macros rely on the keys: they never change. */
final class ExpandCanvasForm {

    static final String LEFT = "left";
    static final String RIGHT = "right";
    static final String TOP = "top";
    static final String BOTTOM = "bottom";

    static final Form FORM = new Form(
            "Expand Canvas...",
            List.of(
                    SamplingFields.MODEL_FIELD,
                    SamplingFields.STEPS_FIELD,
                    SamplingFields.GUIDANCE_FIELD,
                    SamplingFields.SCHEDULER_FIELD,
                    SamplingFields.SEED_FIELD,
                    new Field.Numeric(LEFT, "Left", ""),
                    new Field.Numeric(RIGHT, "Right", "pixels"),
                    new Field.Numeric(TOP, "Top", ""),
                    new Field.Numeric(BOTTOM, "Bottom", "pixels"),
                    StackFields.RANGE_FIELD,
                    StackFields.MIN_FIELD,
                    StackFields.MAX_FIELD,
                    StackFields.VARY_FIELD,
                    SamplingFields.NEGATIVE_FIELD,
                    SamplingFields.PROMPT_FIELD),
            List.of(
                    new Form.Section(
                            "",
                            List.of(
                                    List.of(SamplingFields.PROMPT),
                                    List.of(SamplingFields.NEGATIVE),
                                    List.of(SamplingFields.MODEL),
                                    List.of(LEFT, RIGHT),
                                    List.of(TOP, BOTTOM),
                                    List.of(SamplingFields.STEPS, SamplingFields.GUIDANCE),
                                    List.of(SamplingFields.SCHEDULER, SamplingFields.SEED))),
                    new Form.Section("", StackFields.VALUE_ROWS)));

    /** A side that a macro leaves out stays where it is. */
    static final FieldValues DEFAULTS = SamplingFields.DEFAULTS
            .with(StackFields.RANGE, StackFields.DEFAULTS.text(StackFields.RANGE))
            .with(StackFields.MIN, StackFields.DEFAULTS.text(StackFields.MIN))
            .with(StackFields.MAX, StackFields.DEFAULTS.text(StackFields.MAX))
            .with(StackFields.VARY, StackFields.DEFAULTS.text(StackFields.VARY))
            .with(LEFT, "0")
            .with(RIGHT, "0")
            .with(TOP, "0")
            .with(BOTTOM, "0");

    static final FieldValues EXAMPLES = FieldValues.none()
            .with(LEFT, "32")
            .with(RIGHT, "32")
            .with(TOP, "32")
            .with(BOTTOM, "32");

    private ExpandCanvasForm() {}

    /** The border that complete values ask for. */
    static CanvasBorder border(FieldValues values) {
        return new CanvasBorder(
                values.wholeInt(LEFT), values.wholeInt(RIGHT), values.wholeInt(TOP), values.wholeInt(BOTTOM));
    }
}
