package sc.fiji.diffusion.command;

import ij.IJ;
import ij.plugin.PlugIn;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormInput;
import sc.fiji.diffusion.watermark.ChosenWatermark;

/** Plugins ▸ Diffusion ▸ Watermark…: whether what is generated from now on carries the invisible mark. */
public final class WatermarkPlugIn implements PlugIn {

    @Override
    public void run(String argument) {
        CommandRun.run(WatermarkForm.FORM.title(), () -> FormInput.get(
                        WatermarkForm.FORM, new WatermarkRules(), HelpPage.html("watermark.html"))
                .ifPresent(WatermarkPlugIn::keep));
    }

    private static void keep(FieldValues values) {
        String name = WatermarkForm.WATERMARK_FIELD
                .option(values.text(WatermarkForm.WATERMARK))
                .name();
        ChosenWatermark.set(name.equals(ChosenWatermark.ON));
        IJ.showStatus(WatermarkForm.FORM.title() + ": " + name);
    }
}
