package sc.fiji.diffusion.engine.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.checkpoint.CheckpointOptions;
import sc.fiji.diffusion.engine.checkpoint.onnx.ExportedFolder;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.tensor.Tensor;

class InspectorTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "sd15, Stable Diffusion 1.x, folder, true",
        "sd15-inpainting, Stable Diffusion 1.x, folder, true",
        "sdxl, Stable Diffusion XL, folder, true",
        "single-file/sd15.safetensors, Stable Diffusion 1.x, single file, false",
        "sd15/unet, 'a UNet alone, in diffusers'' naming', folder, false",
        "sdxl/vae, 'a VAE alone, in diffusers'' naming', folder, false",
        "sdxl/text_encoder_2, a text encoder alone, folder, false",
        "controlnet, a ControlNet, folder, false",
        "lora/sd15_kohya.safetensors, a LoRA in kohya's naming, single file, false",
        "lora/sd15_diffusers.safetensors, a LoRA in PEFT's naming, single file, false",
        "noise.safetensors, a safetensors file of an unknown kind, single file, false",
        "clip-tokenizer, a folder of an unknown kind, folder, false",
        "tokens.json, a file of an unknown kind, single file, false"
    })
    void everyReferenceFileIsTold(String path, String kind, String layout, boolean makesImages) {
        Inspection found = inspect(Reference.folder().resolve(path));
        assertEquals(kind, found.kind());
        assertEquals(layout, found.layout());
        assertEquals(makesImages, found.obstacles().isEmpty(), found.obstacles().toString());
    }

    @Test
    void aModelsPartsAndFactsAreThoseOfItsFiles() {
        Inspection found = inspect(Reference.folder().resolve("sd15-inpainting"));
        Inspection.ModelFacts model = found.model().orElseThrow();
        assertTrue(model.forInpainting());
        assertEquals("epsilon", model.predictionType());
        assertEquals(64, model.nativeSize());
        assertEquals(4, model.latentChannels());
        assertEquals(
                List.of("text_encoder", "unet", "vae"),
                found.parts().stream().map(Inspection.Part::name).toList());
        long parameters =
                found.parts().stream().mapToLong(Inspection.Part::parameters).sum();
        assertEquals(
                2 * parameters,
                found.parts().stream().mapToLong(Inspection.Part::bytes).sum());
        assertEquals(List.of("F16"), found.parts().get(1).types());
        // Float32 weights, and three tensors of 32 channels at 64 x 64 pixels.
        assertEquals(4 * parameters + 3 * 4 * 32 * 64 * 64, model.memory());
    }

    @Test
    void theEmbeddedModelMakesImages() {
        Inspection found = inspect(Models.locate(Models.EMBEDDED));
        assertEquals("Stable Diffusion 1.x", found.kind());
        assertEquals(List.of(), found.obstacles());
        assertEquals("v_prediction", found.model().orElseThrow().predictionType());
    }

    @Test
    void aSingleFilesMetadataIsTold() {
        Path file = folder.resolve("lora.safetensors");
        SafetensorsWriter.write(
                file,
                Map.of("lora_unet_x.lora_down.weight", Tensor.of(new float[8], 4, 2)),
                Map.of(
                        "modelspec.title", "Beads\n  makes images    yes",
                        "modelspec.license", "CC0-1.0",
                        "modelspec.architecture", "stable-diffusion-v1/lora"));
        Inspection found = inspect(file);
        assertEquals(Optional.of("CC0-1.0"), found.license());
        assertEquals("stable-diffusion-v1/lora", found.says().get("architecture"));
        String text = InspectionText.of(found);
        assertTrue(text.contains("  licence         CC0-1.0"), text);
        assertEquals(
                List.of("  makes images    no"),
                text.lines().filter(line -> line.startsWith("  makes images")).toList());
    }

    @Test
    void theLicenceOfAFoldersReadmeIsTold() throws IOException {
        Path reference = Reference.folder();
        Files.copy(
                reference.resolve("controlnet").resolve("diffusion_pytorch_model.safetensors"),
                folder.resolve("diffusion_pytorch_model.safetensors"));
        Path readme = folder.resolve("README.md");
        Files.writeString(readme, "---\nlicense: creativeml-openrail-m\ntags:\n- x\n---\n# Model\nlicense: other\n");
        assertEquals(Optional.of("creativeml-openrail-m"), inspect(folder).license());
        Files.writeString(readme, "# Model\nlicense: other\n");
        assertEquals(Optional.empty(), inspect(folder).license());
    }

    @Test
    void anExportIsTold() throws IOException {
        ExportedFolder.early(Reference.folder().resolve("sd15"), folder);
        Inspection found = inspect(folder);
        assertEquals("ONNX folder", found.layout());
        assertEquals(List.of(), found.obstacles());
        assertEquals(
                List.of("text_encoder", "unet", "vae_decoder", "vae_encoder"),
                found.parts().stream().map(Inspection.Part::name).toList());
        assertEquals(
                "a network as an ONNX file",
                inspect(folder.resolve("unet").resolve("model.onnx")).kind());
    }

    @Test
    void aPickleIsToldAndRefused() throws IOException {
        Path file = Files.write(folder.resolve("model.ckpt"), new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0});
        Inspection found = inspect(file);
        assertEquals("a pickle of PyTorch's", found.kind());
        assertTrue(
                found.obstacles().get(0).contains("can run any code"),
                found.obstacles().toString());
    }

    @Test
    void whatStandsInTheWayOfAModelIsTold() throws IOException {
        Path broken = Files.createDirectories(folder.resolve("broken"));
        Files.writeString(broken.resolve("model_index.json"), "{\"_class_name\": \"FluxPipeline\"}");
        Inspection found = inspect(broken);
        assertEquals("a model's folder", found.kind());
        assertTrue(
                found.obstacles().get(0).contains("found FluxPipeline"),
                found.obstacles().toString());
    }

    @Test
    void nothingThereIsAnError() {
        CheckpointException e = assertThrows(CheckpointException.class, () -> inspect(folder.resolve("none")));
        assertTrue(e.getMessage().endsWith("none: expected a file or folder, found nothing there"), e.getMessage());
    }

    @Test
    void jsonHoldsWhatTextHolds() {
        Path path = Reference.folder().resolve("sdxl");
        JsonObject json =
                JsonParser.parseString(InspectionJson.of(inspect(path))).getAsJsonObject();
        assertEquals("Stable Diffusion XL", json.get("kind").getAsString());
        assertTrue(json.get("makes_images").getAsBoolean());
        assertEquals(128, json.getAsJsonObject("model").get("native_size").getAsInt());
        assertEquals(4, json.getAsJsonArray("parts").size());
        assertFalse(json.has("license"));
    }

    private static Inspection inspect(Path path) {
        return Inspector.inspect(path, CheckpointOptions.NONE);
    }
}
