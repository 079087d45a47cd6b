package sc.fiji.diffusion.command;

import java.util.ArrayList;
import java.util.List;
import sc.fiji.diffusion.device.ChosenExecution;
import sc.fiji.diffusion.engine.device.DeviceChoice;
import sc.fiji.diffusion.engine.device.Devices;
import sc.fiji.diffusion.engine.runtime.Device;
import sc.fiji.diffusion.form.Field;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.Form;

/** The fields of Device. Macros rely on the keys: they never change. */
final class DeviceForm {

    static final String DEVICE = "device";
    static final String PRECISION = "precision";
    static final String INSTALL = "install";

    private static final List<Field.Option> PRECISIONS = List.of(
            new Field.Option(ChosenExecution.AUTOMATIC_PRECISION, "Automatic: what suits the device"),
            new Field.Option("float32", "32 bits: exact"),
            new Field.Option("float16", "16 bits: faster, less memory (GPUs)"),
            new Field.Option("int8", "8 bits: twice as fast, less exact (CPU)"));

    private DeviceForm() {}

    /** With the devices of this machine to choose from. */
    static Form form(Devices devices) {
        List<Field.Option> options = new ArrayList<>();
        options.add(new Field.Option(DeviceChoice.AUTOMATIC_NAME, "Automatic: the fastest that works"));
        for (Device device : devices.known()) {
            String name = devices.name(device).map(found -> ": " + found).orElse("");
            options.add(new Field.Option(device.toString(), device.label() + name));
        }
        return new Form(
                "Device...",
                List.of(
                        new Field.Choice(DEVICE, "Device", options),
                        new Field.Choice(PRECISION, "Precision", PRECISIONS),
                        new Field.Flag(INSTALL, "Fetch NVIDIA's libraries first (2.7 GB)")),
                List.of(new Form.Section("", List.of(List.of(DEVICE), List.of(PRECISION), List.of(INSTALL)))));
    }

    /** The choice that complete values name. */
    static ChosenExecution choice(FieldValues values) {
        return new ChosenExecution(
                DeviceChoice.parse(values.text(DEVICE)), ChosenExecution.precision(values.text(PRECISION)));
    }
}
