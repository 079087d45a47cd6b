package sc.fiji.diffusion.command;

import java.util.List;
import sc.fiji.diffusion.form.Field;
import sc.fiji.diffusion.form.Form;
import sc.fiji.diffusion.watermark.ChosenWatermark;

/** The field of Watermark. Macros rely on the key: it never changes. */
final class WatermarkForm {

    static final String WATERMARK = "watermark";

    static final Field.Choice WATERMARK_FIELD = new Field.Choice(
            WATERMARK,
            "What is generated",
            List.of(
                    new Field.Option(ChosenWatermark.ON, "carries an invisible mark that says so"),
                    new Field.Option(ChosenWatermark.OFF, "carries no mark")));

    static final Form FORM = new Form(
            "Watermark...", List.of(WATERMARK_FIELD), List.of(new Form.Section("", List.of(List.of(WATERMARK)))));

    private WatermarkForm() {}
}
