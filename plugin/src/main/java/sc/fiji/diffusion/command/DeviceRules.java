package sc.fiji.diffusion.command;

import java.util.Optional;
import sc.fiji.diffusion.device.ChosenDevice;
import sc.fiji.diffusion.device.ChosenExecution;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.device.Devices;
import sc.fiji.diffusion.engine.graph.Precision;
import sc.fiji.diffusion.engine.runtime.Device;
import sc.fiji.diffusion.engine.runtime.Provider;
import sc.fiji.diffusion.form.Field;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormRules;

/**
 * Which devices can be chosen: those that nothing is known to be in the way of. Whether they work shows when they are
 * tried.
 */
final class DeviceRules implements FormRules {

    private final Devices devices;

    DeviceRules(Devices devices) {
        this.devices = devices;
    }

    /** What a macro leaves out stays as it is. */
    @Override
    public FieldValues complete(FieldValues given) {
        return given.orElse(FieldValues.none()
                .with(DeviceForm.DEVICE, ChosenDevice.get().toString())
                .with(
                        DeviceForm.PRECISION,
                        ChosenExecution.get()
                                .precision()
                                .map(Precision::typed)
                                .orElse(ChosenExecution.AUTOMATIC_PRECISION))
                .with(DeviceForm.INSTALL, FieldValues.NO));
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
        // Throws for a name that is none here.
        requireOption(DeviceForm.DEVICE, values);
        requireOption(DeviceForm.PRECISION, values);
        ChosenExecution choice = DeviceForm.choice(values);
        Optional<Device> device = choice.device().device();
        device.ifPresent(named -> choice.execution(named, notice -> {}));
        boolean fetched =
                values.flag(DeviceForm.INSTALL) && device.map(Device::provider).equals(Optional.of(Provider.CUDA));
        if (!fetched) {
            device.flatMap(devices::obstacle).ifPresent(obstacle -> {
                throw new RequestException(obstacle);
            });
        }
    }

    private void requireOption(String key, FieldValues values) {
        DeviceForm.form(devices).field(key).ifPresent(field -> ((Field.Choice) field).option(values.text(key)));
    }
}
