package sc.fiji.diffusion.engine.cli;

import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sc.fiji.diffusion.engine.device.DeviceChoice;
import sc.fiji.diffusion.engine.device.NativeLibraries;
import sc.fiji.diffusion.engine.provenance.Computation;
import sc.fiji.diffusion.engine.runtime.Device;

/** What networks are computed on. */
final class DeviceOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = DeviceChoice.AUTOMATIC_NAME,
            description =
                    "cpu, webgpu, cuda, cuda:1, coreml or directml, or ${DEFAULT-VALUE} (default), the fastest that"
                            + " works: see \"diffuse devices\".")
    private String name;

    /** A name that is none is a matter of usage. */
    DeviceChoice choice() {
        return Usage.checked(spec, () -> DeviceChoice.parse(name));
    }

    /**
     * Opens something on the device, and where that was an automatic choice and fails, on the CPU. Nothing may have been
     * computed in this process before.
     */
    <T> T open(Function<Device, T> opener) {
        return open(choice(), opener);
    }

    /** As {@link #open}; where the user names no device, on the CPU if something was computed there before. */
    <T> T openLike(Computation before, Function<Device, T> opener) {
        boolean onCpu = choice().isAutomatic() && before.device().equals(Device.CPU.toString());
        return open(onCpu ? DeviceChoice.of(Device.CPU) : choice(), opener);
    }

    private <T> T open(DeviceChoice choice, Function<Device, T> opener) {
        Consumer<String> notice = this::notice;
        Device device = choice.resolved(notice);
        NativeLibraries.use(device);
        return choice.attempt(device, opener, notice);
    }

    private void notice(String sentence) {
        Diffuse.note(spec.commandLine(), sentence);
    }
}
