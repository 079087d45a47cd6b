package sc.fiji.diffusion.engine.device;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.runtime.Device;

/**
 * Tries a device in a process of its own, which may hang or crash.
 *
 * @param jvmOptions of that process
 * @param program the class that it runs, with the device's name as its argument; answers as {@link Probe} does
 * @param patience how long it may take
 */
record DeviceProbe(List<String> jvmOptions, String program, Duration patience) {

    /** A software GPU on a busy machine takes a dozen seconds. */
    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(60);

    private static final int LONGEST_ANSWER = 1 << 20;

    DeviceProbe {
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** @throws EngineException if the libraries for the device are not installed */
    static DeviceProbe of(Device device) {
        return new DeviceProbe(NativeLibraries.jvmOptions(device), Probe.class.getName(), USUAL_PATIENCE);
    }

    /** Blocks until it is known; an interrupted thread gets a {@link CancelledException}, and no process stays. */
    DeviceState run(Device device) {
        try {
            Path output = Files.createTempFile("diffusion-probe", ".txt");
            try {
                return run(device, output);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            return new DeviceState.Unusable(device, device + ": expected to start a process that tries it, found " + e);
        }
    }

    /** Into a file: nobody need read it for the process to go on. */
    private DeviceState run(Device device, Path output) throws IOException {
        Process process = new ProcessBuilder(command(device))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return new DeviceState.Unusable(
                        device, device + ": expected an answer within " + patience.toSeconds() + " s, found none");
            }
            return answer(device, output).orElseGet(() -> crash(device, process.exitValue()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command(Device device) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        // No core dumps and crash logs in the user's folder.
        command.add("-XX:-CreateCoredumpOnCrash");
        command.add("-XX:ErrorFile=" + Path.of(System.getProperty("java.io.tmpdir"), "diffusion-probe-%p.log"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-classpath", EngineClassPath.get(), program, device.toString()));
        return command;
    }

    private static Optional<DeviceState> answer(Device device, Path output) throws IOException {
        if (Files.size(output) > LONGEST_ANSWER) {
            return Optional.empty();
        }
        return new String(Files.readAllBytes(output), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(Probe.MARK))
                .reduce((first, last) -> last)
                .flatMap(line -> parsed(device, line.substring(Probe.MARK.length())));
    }

    private static Optional<DeviceState> parsed(Device device, String json) {
        try {
            JsonObject answer = JsonParser.parseString(json).getAsJsonObject();
            return Optional.of(
                    answer.has(Probe.SPEED)
                            ? new DeviceState.Usable(
                                    device, answer.get(Probe.SPEED).getAsDouble())
                            : new DeviceState.Unusable(
                                    device, answer.get(Probe.WHY).getAsString()));
        } catch (JsonParseException | IllegalStateException | NumberFormatException | NullPointerException e) {
            return Optional.empty();
        }
    }

    private static DeviceState crash(Device device, int status) {
        return new DeviceState.Unusable(
                device,
                device + ": expected an answer of the process that tries it, found that it ended with status " + status
                        + ", as after a crash of a driver");
    }
}
