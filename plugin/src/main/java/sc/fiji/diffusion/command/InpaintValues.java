package sc.fiji.diffusion.command;

import sc.fiji.diffusion.edit.InpaintModel;
import sc.fiji.diffusion.edit.InpaintRecipes;
import sc.fiji.diffusion.form.Field;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.selection.MaskSource;

/** What the values of the form ask for. */
final class InpaintValues {

    private InpaintValues() {}

    /** The model of complete values; a random seed is drawn now. */
    static InpaintModel model(FieldValues values, int width, int height) {
        return new InpaintModel(
                values.text(SamplingFields.MODEL).strip(),
                SamplingFields.request(values, width, height, 1),
                values.number(InpaintForm.STRENGTH),
                InpaintRecipes.of(
                        name(values, InpaintForm.CROP_FIELD),
                        values.wholeInt(InpaintForm.GROW),
                        values.wholeInt(InpaintForm.FEATHER),
                        name(values, InpaintForm.FILL_FIELD)));
    }

    /** Where the masks come from. */
    static MaskSource source(FieldValues values) {
        String name = name(values, InpaintForm.MASK_FIELD);
        return name.equals(InpaintForm.IMAGE)
                ? new MaskSource.MaskImage(values.text(InpaintForm.MASK_IMAGE))
                : MaskSource.named(name);
    }

    private static String name(FieldValues values, Field.Choice field) {
        return field.option(values.text(field.key())).name();
    }
}
