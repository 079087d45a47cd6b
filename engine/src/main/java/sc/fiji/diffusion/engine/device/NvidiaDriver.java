package sc.fiji.diffusion.engine.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import sc.fiji.diffusion.engine.CancelledException;

/**
 * NVIDIA's driver, as its own program {@code nvidia-smi} tells of it.
 *
 * @param gpus the names of the GPUs, in the order of their numbers
 * @param version such as {@code 550.54.15}
 */
public record NvidiaDriver(List<String> gpus, String version) {

    /** The first that CUDA 12 runs on, in Linux; Windows' has the same major number. */
    private static final int OLDEST = 525;

    private static final List<String> QUERY = List.of("--query-gpu=driver_version,name", "--format=csv,noheader");

    private static final long PATIENCE_SECONDS = 20;

    public NvidiaDriver {
        gpus = List.copyOf(gpus);
    }

    /** That of this machine; empty if there is none, or no GPU. */
    public static Optional<NvidiaDriver> find() {
        return find("nvidia-smi");
    }

    static Optional<NvidiaDriver> find(String program) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(QUERY);
        try {
            Path output = Files.createTempFile("nvidia-smi", ".csv");
            try {
                return parsed(output(command, output));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException noSuchProgram) {
            return Optional.empty();
        }
    }

    /** What it says, or nothing if it fails or hangs. */
    private static String output(List<String> command, Path output) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0
                    ? new String(Files.readAllBytes(output), StandardCharsets.UTF_8)
                    : "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Lines such as {@code 550.54.15, NVIDIA H100 80GB HBM3}. */
    static Optional<NvidiaDriver> parsed(String csv) {
        List<String[]> rows = csv.lines()
                .map(line -> line.split(",", 2))
                .filter(row -> row.length == 2
                        && !row[0].isBlank()
                        && Character.isDigit(row[0].strip().charAt(0)))
                .toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new NvidiaDriver(
                        rows.stream().map(row -> row[1].strip()).toList(), rows.get(0)[0].strip()));
    }

    /** Why CUDA 12 does not run on it; empty if it does. */
    Optional<String> obstacle() {
        String major = version.split("\\.", -1)[0];
        boolean old = major.chars().allMatch(Character::isDigit) && Integer.parseInt(major) < OLDEST;
        return old
                ? Optional.of("cuda: expected NVIDIA's driver of version " + OLDEST + " or newer, found " + version)
                : Optional.empty();
    }

    /**
     * Why NVIDIA's GPUs can't be used on this machine, whatever is installed besides; empty if they may be.
     *
     * @param driver what {@link #find} found
     */
    public static Optional<String> obstacle(Optional<NvidiaDriver> driver) {
        Platform platform = Platform.current();
        if (platform != Platform.LINUX_X64 && platform != Platform.WINDOWS_X64) {
            return Optional.of("cuda: expected Linux or Windows on x64, found " + platform.folder());
        }
        return driver.isEmpty()
                ? Optional.of("cuda: expected a GPU of NVIDIA's with a driver, found none (nvidia-smi names none)")
                : driver.get().obstacle();
    }
}
