package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.ImagePlus;
import ij.WindowManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** Image to Image with a model that follows instructions: a small one, its first convolution widened to eight channels. */
class InstructionMacroTest extends ImageJTest {

    private static final Path REFERENCE =
            Path.of("..", "..", "shared", "reference", "sd15").toAbsolutePath().normalize();

    @Test
    void theImageGuidanceCountsAndTheStrengthDoesNot() throws Exception {
        assumeTrue(Files.isDirectory(REFERENCE), "../shared/reference is not here");
        Path model = written(folder.resolve("instructed"));
        InstalledImageJ.run("newImage('ramp', '8-bit ramp', 64, 64, 1);");
        int[] first = made(model, "strength=0.5");
        assertTrue(lastInfo.contains("\nImage guidance scale: 1.5\n"), lastInfo);
        assertTrue(Arrays.equals(first, made(model, "strength=0.9 imageguidance=1.5")));
        assertFalse(Arrays.equals(first, made(model, "strength=0.5 imageguidance=4")));
    }

    private String lastInfo;

    /** The pixels that Image to Image makes of the image that is active. */
    private int[] made(Path model, String options) throws Exception {
        ImagePlus active = WindowManager.getCurrentImage();
        InstalledImageJ.run("run('Image to Image...', '" + options + " model=[" + model
                + "] steps=2 guidance=7.5 seed=1 prompt=[turn it round]');");
        ImagePlus made = WindowManager.getCurrentImage();
        assertTrue(made != active, "a new image");
        lastInfo = made.getInfoProperty();
        int[] pixels = ((int[]) made.getProcessor().getPixels()).clone();
        made.changes = false;
        made.close();
        WindowManager.setCurrentWindow(active.getWindow());
        return pixels;
    }

    private static Path written(Path model) throws IOException {
        try (Stream<Path> files = Files.walk(REFERENCE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = model.resolve(REFERENCE.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        replace(
                model.resolve("model_index.json"),
                "\"StableDiffusionPipeline\"",
                "\"StableDiffusionInstructPix2PixPipeline\"");
        replace(model.resolve("unet").resolve("config.json"), "\"in_channels\": 4", "\"in_channels\": 8");
        Path weights = model.resolve("unet").resolve("diffusion_pytorch_model.safetensors");
        SafetensorsFile stored = SafetensorsFile.open(weights);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        stored.tensors().keySet().forEach(name -> tensors.put(name, stored.readFloats(name)));
        Tensor four = tensors.get("conv_in.weight");
        tensors.put("conv_in.weight", Tensor.concatenated(1, List.of(four, four)));
        SafetensorsWriter.write(weights, tensors, Map.of());
        return model;
    }

    private static void replace(Path file, String found, String replacement) throws IOException {
        String text = Files.readString(file);
        assertTrue(text.contains(found), file + " holds " + found);
        Files.writeString(file, text.replace(found, replacement));
    }
}
