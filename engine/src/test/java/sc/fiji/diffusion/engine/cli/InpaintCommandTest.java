package sc.fiji.diffusion.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.image.ImageFile;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.PngFile;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;

/** {@code diffuse img2img} and {@code diffuse inpaint}, from files to files. */
class InpaintCommandTest {

    private static final String PROMPT = "a photograph of an astronaut riding a horse";

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"ddim", "pndm", "dpmpp_2m_karras"})
    void img2imgGivesTheReferencesLatents(String scheduler) {
        Path model = Reference.folder().resolve("sd15");
        SafetensorsFile golden = SafetensorsFile.open(model.resolve("golden.safetensors"));
        write("image", golden.readLongs("image"), 3);
        run(
                "img2img --model " + model + " --image " + png("image") + " --strength 0.6 --scheduler " + scheduler
                        + " --guidance 7.5 --steps 6 --seed 42 --latents " + latents() + " --output " + png("out"),
                PROMPT);
        assertLatents(golden, "img2img_" + scheduler + "_s60");
    }

    @ParameterizedTest
    @CsvSource({"sd15, pndm, 1, s100", "sd15, pndm, 0.7, s70", "sd15-inpainting, ddim, 1, s100"})
    void inpaintWithCropFeatherAndGrowOffGivesTheReferencesLatents(
            String name, String scheduler, String strength, String run) {
        Path model = Reference.folder().resolve(name);
        SafetensorsFile golden = SafetensorsFile.open(model.resolve("golden.safetensors"));
        write("image", golden.readLongs("image"), 3);
        write("mask", golden.readLongs("mask"), 1);
        run(
                "inpaint --model " + model + " --image " + png("image") + " --mask " + png("mask")
                        + " --crop off --feather 0 --grow 0 --strength " + strength + " --scheduler " + scheduler
                        + " --guidance 7.5 --steps 6 --seed 42 --latents " + latents() + " --output " + png("out"),
                PROMPT);
        assertLatents(golden, "inpaint_" + scheduler + "_" + run);
    }

    @Test
    void inpaintLeavesTheFilesOtherPixelsAsTheyAre() {
        RgbImage image = gradient(150, 90);
        PngFile.write(image, folder.resolve("image.png"));
        Mask mask = Mask.of(new Region(40, 20, 50, 40), 150, 90);
        writeMask(mask);
        run(
                "inpaint --image " + png("image") + " --mask " + png("mask") + " --steps 3 --output " + png("out"),
                "beads");
        int[] before = image.packed();
        int[] after = ImageFile.read(folder.resolve("out.png")).packed();
        int changed = 0;
        for (int i = 0; i < before.length; i++) {
            if (mask.values()[i] == 0) {
                assertEquals(before[i], after[i], "x " + i % 150 + ", y " + i / 150);
            } else if (before[i] != after[i]) {
                changed++;
            }
        }
        assertTrue(changed > 1000, changed + " pixels changed");
    }

    @Test
    void imagesOfAnySizeComeBackInTheirOwnSize() {
        PngFile.write(gradient(101, 67), folder.resolve("image.png"));
        run("img2img --image " + png("image") + " --steps 4 --output " + png("out"), "beads");
        RgbImage out = ImageFile.read(folder.resolve("out.png"));
        assertEquals(101, out.width());
        assertEquals(67, out.height());
    }

    @Test
    void aMaskOfAnotherSizeIsAMatterOfUsage() {
        PngFile.write(gradient(64, 64), folder.resolve("image.png"));
        writeMask(Mask.everything(32, 64));
        assertEquals(
                2,
                execute(
                        "inpaint --image " + png("image") + " --mask " + png("mask") + " --output " + png("out"),
                        "beads"));
        assertTrue(
                err.toString().startsWith("diffuse: mask: expected 64×64 pixels, as asked for, found 32×64"),
                err.toString());
    }

    @Test
    void anUnknownFillIsAMatterOfUsage() {
        assertEquals(
                2,
                execute(
                        "inpaint --image " + png("image") + " --mask " + png("mask") + " --fill magic --output "
                                + png("out"),
                        "beads"));
        assertTrue(
                err.toString()
                        .startsWith("diffuse: fill: expected original, blur, surroundings or neutral, found magic"),
                err.toString());
    }

    private void assertLatents(SafetensorsFile golden, String run) {
        Reference.assertClose(
                run,
                golden.readFloats(run + "_latents").values(),
                SafetensorsFile.open(Path.of(latents())).readFloats("latents").values(),
                1e-3);
    }

    private void write(String name, long[] bytes, int channels) {
        float[] samples = new float[64 * 64 * 3];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = bytes[channels == 3 ? i : i / 3] / 255f;
        }
        PngFile.write(new RgbImage(64, 64, samples), folder.resolve(name + ".png"));
    }

    private void writeMask(Mask mask) {
        float[] samples = new float[3 * mask.values().length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = mask.values()[i / 3];
        }
        PngFile.write(new RgbImage(mask.width(), mask.height(), samples), folder.resolve("mask.png"));
    }

    private static RgbImage gradient(int width, int height) {
        float[] samples = new float[3 * width * height];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (i % 255) / 255f;
        }
        return new RgbImage(width, height, samples);
    }

    private String png(String name) {
        return folder.resolve(name + ".png").toString();
    }

    private String latents() {
        return folder.resolve("latents.safetensors").toString();
    }

    private void run(String options, String prompt) {
        assertEquals(0, execute(options, prompt), err.toString());
    }

    private int execute(String options, String prompt) {
        String[] arguments = (options + " --prompt").split(" ");
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = prompt;
        CommandLine commandLine = Diffuse.commandLine();
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(all);
    }
}
