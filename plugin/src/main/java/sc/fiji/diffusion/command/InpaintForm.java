package sc.fiji.diffusion.command;

import java.util.List;
import sc.fiji.diffusion.edit.InpaintRecipes;
import sc.fiji.diffusion.form.Field;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.Form;
import sc.fiji.diffusion.selection.MaskSource;

/** The fields of Inpaint Selection. Macros rely on the keys: they never change. */
final class InpaintForm {

    static final String STRENGTH = "strength";
    static final String MASK = "mask";
    static final String CROP = "crop";
    static final String FILL = "fill";
    static final String GROW = "grow";
    static final String FEATHER = "feather";
    static final String MASK_IMAGE = "maskimage";

    static final String IMAGE = "image";

    static final Field.Choice MASK_FIELD = new Field.Choice(
            MASK,
            "Mask",
            List.of(
                    new Field.Option(MaskSource.SELECTION, "Selection"),
                    new Field.Option(MaskSource.MANAGER, "ROI Manager, all together"),
                    new Field.Option(MaskSource.EACH, "ROI Manager, one by one"),
                    new Field.Option(IMAGE, "Mask image")));
    static final Field.Choice CROP_FIELD = new Field.Choice(
            CROP,
            "Model sees",
            List.of(new Field.Option(InpaintRecipes.AUTO, "Surroundings"), new Field.Option("off", "Whole image")));
    static final Field.Choice FILL_FIELD = new Field.Choice(
            FILL,
            "Begin with",
            List.of(
                    new Field.Option(InpaintRecipes.AUTO, "What suits the strength"),
                    new Field.Option("original", "Original"),
                    new Field.Option("blur", "Blurred original"),
                    new Field.Option("surroundings", "Surroundings"),
                    new Field.Option("neutral", "Grey")));

    static final Form FORM = new Form(
            "Inpaint Selection...",
            List.of(
                    SamplingFields.MODEL_FIELD,
                    new Field.Numeric(STRENGTH, "Strength", "(0 to 1)"),
                    SamplingFields.STEPS_FIELD,
                    SamplingFields.GUIDANCE_FIELD,
                    SamplingFields.SCHEDULER_FIELD,
                    SamplingFields.SEED_FIELD,
                    MASK_FIELD,
                    CROP_FIELD,
                    FILL_FIELD,
                    new Field.Numeric(GROW, "Grow", "pixels"),
                    new Field.Numeric(FEATHER, "Feather", "pixels (-1: automatic)"),
                    StackFields.RANGE_FIELD,
                    StackFields.MIN_FIELD,
                    StackFields.MAX_FIELD,
                    StackFields.VARY_FIELD,
                    StackFields.SLICES_FIELD,
                    StackFields.CHANNELS_FIELD,
                    StackFields.FRAMES_FIELD,
                    new Field.Text(MASK_IMAGE, "Mask image"),
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
                                    List.of(MASK),
                                    List.of(MASK_IMAGE),
                                    List.of(CROP, FILL),
                                    List.of(GROW, FEATHER))),
                    StackFields.SECTION));

    static final FieldValues DEFAULTS = SamplingFields.DEFAULTS
            .orElse(StackFields.DEFAULTS)
            .with(STRENGTH, "1")
            .with(MASK, MaskSource.SELECTION)
            .with(CROP, InpaintRecipes.AUTO)
            .with(FILL, InpaintRecipes.AUTO)
            .with(GROW, "-1")
            .with(FEATHER, "-1")
            .with(MASK_IMAGE, "");

    private InpaintForm() {}
}
