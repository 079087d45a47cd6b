package sc.fiji.diffusion.command;

import static sc.fiji.diffusion.command.WatermarkForm.WATERMARK;

import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormRules;
import sc.fiji.diffusion.watermark.ChosenWatermark;

/** What a macro leaves out stays as it is. */
final class WatermarkRules implements FormRules {

    @Override
    public FieldValues complete(FieldValues given) {
        return given.orElse(
                FieldValues.none().with(WATERMARK, ChosenWatermark.isOn() ? ChosenWatermark.ON : ChosenWatermark.OFF));
    }

    @Override
    public FieldValues examples() {
        return FieldValues.none();
    }

    @Override
    public FieldValues adjusted(FieldValues before, FieldValues now) {
        return now;
    }

    @Override
    public void check(FieldValues values) {
        WatermarkForm.WATERMARK_FIELD.option(values.text(WATERMARK));
    }
}
