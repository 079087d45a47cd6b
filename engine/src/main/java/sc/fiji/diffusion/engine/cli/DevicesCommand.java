package sc.fiji.diffusion.engine.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sc.fiji.diffusion.engine.cuda.CudaInstaller;
import sc.fiji.diffusion.engine.cuda.InstallProgress;
import sc.fiji.diffusion.engine.device.DeviceState;
import sc.fiji.diffusion.engine.device.Devices;
import sc.fiji.diffusion.engine.runtime.Device;

/** {@code diffuse devices}. */
@Command(
        name = "devices",
        description = "Lists what images can be computed on: how fast each is, or why it can't be used.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Each device is tried in a process of its own, with a second of a UNet's convolutions and matrix products.",
        })
final class DevicesCommand implements Callable<Integer> {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Write JSON, for programs.")
    private boolean json;

    @Option(
            names = "--install",
            paramLabel = "cuda",
            description = "Fetch NVIDIA's libraries first: 2.7 GB from Maven Central, by the mirror and proxy of your"
                    + " Maven settings; then 2.6 GB on the disk. Needs an NVIDIA driver.")
    private Optional<String> install;

    @Override
    public Integer call() {
        install.ifPresent(this::install);
        Devices devices = Devices.here();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonArray array = new JsonArray();
            devices.known().forEach(device -> array.add(json(devices, device)));
            out.println(GSON.toJson(array));
        } else {
            // Line by line, because each takes its time.
            List<Device> known = devices.known();
            int width = longest(known, Device::toString);
            for (Device device : known) {
                out.printf("%-" + width + "s  %s%n", device, text(devices, device));
                out.flush();
            }
        }
        out.flush();
        return 0;
    }

    private void install(String what) {
        if (!what.equals("cuda")) {
            throw new CommandLine.ParameterException(spec.commandLine(), "install: expected cuda, found " + what);
        }
        CudaInstaller.install(new PrintedProgress(spec.commandLine().getErr()));
    }

    /** A line every few seconds. */
    private static final class PrintedProgress implements InstallProgress {

        private static final long PERIOD_NANOS = 3_000_000_000L;

        private final PrintWriter out;
        private long last = System.nanoTime() - PERIOD_NANOS;

        PrintedProgress(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void report(String step, long done, long total) {
            if (done == total || System.nanoTime() - last >= PERIOD_NANOS) {
                last = System.nanoTime();
                out.printf(Locale.ROOT, "%s: %.2f of %.2f GB%n", step, done / 1e9, total / 1e9);
                out.flush();
            }
        }
    }

    private static String text(Devices devices, Device device) {
        String name = devices.name(device).map(found -> found + ", ").orElse("");
        DeviceState state = devices.state(device);
        return state instanceof DeviceState.Usable ? name + state.text() : "no: " + state.text();
    }

    private static int longest(List<Device> devices, Function<Device, String> text) {
        return devices.stream()
                .mapToInt(device -> text.apply(device).length())
                .max()
                .orElse(1);
    }

    private static JsonObject json(Devices devices, Device device) {
        JsonObject object = new JsonObject();
        object.addProperty("device", device.toString());
        devices.name(device).ifPresent(name -> object.addProperty("name", name));
        DeviceState state = devices.state(device);
        object.addProperty("usable", state instanceof DeviceState.Usable);
        if (state instanceof DeviceState.Usable usable) {
            object.addProperty("gigaflops", usable.gigaflops());
        } else {
            object.addProperty("why", state.text());
        }
        return object;
    }
}
