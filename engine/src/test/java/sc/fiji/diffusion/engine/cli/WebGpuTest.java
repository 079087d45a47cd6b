package sc.fiji.diffusion.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.device.NativePack;

/**
 * The whole of text to image on WebGPU, by the command line in processes of its own, because a process has one native
 * library. The profile {@code gpu} lays the library out; a software GPU will do: SwiftShader's Vulkan driver, named by
 * {@code VK_DRIVER_FILES}.
 */
class WebGpuTest {

    private static final long PATIENCE_MINUTES = 8;
    private static final String FLOAT32_NOTE = "diffuse: note: computed in float32, because float16 failed: ";

    @TempDir
    private Path folder;

    @Test
    void aPictureIsTheCpus() throws Exception {
        requirePack();
        assertEquals(0, textToImage("cpu", "cpu.png"), log());
        int status = textToImage("webgpu", "webgpu.png");
        assumeFalse(log().contains("expected a device with a driver"), "no GPU: " + log());
        assertEquals(0, status, log());
        assertTrue(!isSwiftShader() || log().contains(FLOAT32_NOTE), log());
        double psnr = peakSignalToNoise(picture("cpu.png"), picture("webgpu.png"));
        assertTrue(psnr >= 40, "PSNR " + psnr + " dB");
        System.out.printf("WebGPU's picture to the CPU's: PSNR %.1f dB%n", psnr);
    }

    @Test
    void withoutADriverTheAutomaticChoiceIsTheCpuAndSaysSo() throws Exception {
        requirePack();
        assertEquals(0, run(folder.resolve("no-driver.json"), "auto", "auto.png"), log());
        assertTrue(log().contains("diffuse: note: webgpu: expected "), log());
        assertTrue(log().contains("; cpu is used"), log());
        assertTrue(Files.exists(folder.resolve("auto.png")));
    }

    /** It has no half precision, which GPUs are asked for first. */
    private static boolean isSwiftShader() {
        return String.valueOf(System.getenv("VK_DRIVER_FILES")).contains("swiftshader");
    }

    private static void requirePack() {
        assumeTrue(
                NativePack.GPU.folder().isPresent(),
                "no libraries for GPUs on this platform, or not laid out: mvn -Pgpu does that");
    }

    private int textToImage(String device, String output) throws Exception {
        String driver = System.getenv("VK_DRIVER_FILES");
        return run(driver == null ? null : Path.of(driver), device, output);
    }

    private int run(Path driver, String device, String output) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + NativePack.GPU_PROPERTY + "=" + System.getProperty(NativePack.GPU_PROPERTY),
                "-classpath",
                System.getProperty("java.class.path"),
                Diffuse.class.getName()));
        command.addAll(List.of("txt2img", "--device", device, "--width", "64", "--height", "64", "--steps", "2"));
        command.addAll(List.of("--seed", "1", "--prompt", "many green nuclei on a dark background"));
        command.addAll(List.of("--output", folder.resolve(output).toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile());
        if (driver != null) {
            builder.environment().put("VK_DRIVER_FILES", driver.toString());
        }
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES), "expected an end within minutes");
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log.txt"), StandardCharsets.UTF_8);
    }

    private BufferedImage picture(String name) throws IOException {
        return ImageIO.read(folder.resolve(name).toFile());
    }

    /** In decibels, over all colour channels of 8 bits. */
    private static double peakSignalToNoise(BufferedImage expected, BufferedImage found) {
        double squares = 0;
        for (int y = 0; y < expected.getHeight(); y++) {
            for (int x = 0; x < expected.getWidth(); x++) {
                for (int shift = 0; shift < 24; shift += 8) {
                    int difference = (expected.getRGB(x, y) >>> shift & 0xff) - (found.getRGB(x, y) >>> shift & 0xff);
                    squares += difference * difference;
                }
            }
        }
        double mean = squares / (3.0 * expected.getWidth() * expected.getHeight());
        return 10 * Math.log10(255 * 255 / mean);
    }
}
