package sc.fiji.diffusion.command;

import java.util.List;
import java.util.Map;
import sc.fiji.diffusion.engine.device.Devices;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.Form;

/**
 * A command's form as a reference tells of it.
 *
 * @param form its fields
 * @param defaults what a macro leaves out; a key without one takes it from the model
 * @param values in words, of keys whose values are not the same on every computer
 */
record CommandForms(Form form, FieldValues defaults, Map<String, String> values) {

    /** The commands that take options, in the order of the menu. */
    static final List<CommandForms> ALL = List.of(
            new CommandForms(TextToImageForm.FORM, TextToImageRules.DEFAULTS),
            new CommandForms(VariationsForm.FORM, VariationsForm.DEFAULTS),
            new CommandForms(
                    InterpolateForm.FORM,
                    InterpolateForm.DEFAULTS,
                    Map.of(InterpolateForm.SEEDS, "numbers such as `7,8,9`; -1 is a random one")),
            new CommandForms(ImageToImageForm.FORM, ImageToImageForm.DEFAULTS),
            new CommandForms(InpaintForm.FORM, InpaintForm.DEFAULTS),
            new CommandForms(ExpandCanvasForm.FORM, ExpandCanvasForm.DEFAULTS),
            new CommandForms(UpscaleForm.FORM, UpscaleForm.DEFAULTS),
            new CommandForms(ModelsForm.FORM, ModelsRules.DEFAULTS),
            new CommandForms(
                    DeviceForm.form(Devices.here()),
                    FieldValues.none()
                            .with(DeviceForm.DEVICE, "as it is")
                            .with(DeviceForm.PRECISION, "as it is")
                            .with(DeviceForm.INSTALL, FieldValues.NO),
                    Map.of(DeviceForm.DEVICE, "`auto`, or one of the [devices](devices.md)")));

    private CommandForms(Form form, FieldValues defaults) {
        this(form, defaults, Map.of());
    }
}
