package sc.fiji.diffusion.command;

import ij.IJ;
import ij.plugin.PlugIn;
import java.util.Optional;
import sc.fiji.diffusion.device.ChosenDevice;
import sc.fiji.diffusion.device.ChosenExecution;
import sc.fiji.diffusion.device.DevicePanel;
import sc.fiji.diffusion.device.StatusBarInstall;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.cuda.CudaInstaller;
import sc.fiji.diffusion.engine.device.DeviceState;
import sc.fiji.diffusion.engine.device.Devices;
import sc.fiji.diffusion.engine.runtime.Device;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormInput;

/** Plugins ▸ Diffusion ▸ Device…: what images are computed on from now on. A device that does not work is not kept. */
public final class DevicePlugIn implements PlugIn {

    private static final String TITLE = "Device";

    @Override
    public void run(String argument) {
        CommandRun.run(TITLE, DevicePlugIn::choose);
    }

    private static void choose() {
        ChosenExecution before = ChosenExecution.get();
        Devices devices = Devices.here();
        Optional<FieldValues> values = FormInput.get(
                DeviceForm.form(devices),
                new DeviceRules(devices),
                HelpPage.html("device.html"),
                () -> new DevicePanel(devices));
        try {
            values.ifPresent(given -> use(given, devices));
        } catch (RuntimeException e) {
            keep(before);
            throw e;
        }
    }

    private static void keep(ChosenExecution choice) {
        ChosenDevice.set(choice.device());
        ChosenExecution.setPrecision(choice.precision());
    }

    private static void use(FieldValues values, Devices devices) {
        if (values.flag(DeviceForm.INSTALL)) {
            try (StatusBarInstall progress = new StatusBarInstall()) {
                CudaInstaller.install(progress);
            }
            devices.forget();
        }
        ChosenExecution choice = DeviceForm.choice(values);
        IJ.showStatus(TITLE + ": trying " + choice.device());
        Device device = choice.resolved(IJ::log).device();
        DeviceState state = devices.state(device);
        if (state instanceof DeviceState.Unusable unusable) {
            throw new EngineException(unusable.why());
        }
        keep(choice);
        IJ.showStatus(TITLE + ": " + device + ", " + state.text());
    }
}
