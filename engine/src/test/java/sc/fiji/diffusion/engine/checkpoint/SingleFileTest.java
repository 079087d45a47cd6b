package sc.fiji.diffusion.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.checkpoint.original.OriginalLayout;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** Models put into one file under the original names must be the folders that they came from. */
class SingleFileTest {

    @TempDir
    private Path folder;

    @Test
    void theReferencesSingleFileHasTheTensorsOfItsFolder() throws IOException {
        Path whole = Reference.folder().resolve("sd15");
        Path file = Reference.folder().resolve("single-file").resolve("sd15.safetensors");
        Checkpoint single = Checkpoint.open(file, CheckpointOptions.NONE.withConfig(whole));
        assertSameWeights(Checkpoint.open(whole), single);
        assertEquals("sd15", single.name());
        assertEquals(64, single.nativeSize());
    }

    @Test
    void aSingleFileOfXlHasTheTensorsOfItsFolder() throws IOException {
        Path whole = Reference.folder().resolve("sdxl");
        Checkpoint expected = Checkpoint.open(whole);
        Path file = folder.resolve("xl.safetensors");
        SafetensorsWriter.write(file, xl(expected).tensors(), Map.of());
        Checkpoint single = Checkpoint.open(file, CheckpointOptions.NONE.withConfig(whole));
        assertSameWeights(expected, single);
        assertSameWeights(
                expected.secondTextEncoder().orElseThrow(),
                single.secondTextEncoder().orElseThrow());
        assertEquals(whole.resolve("tokenizer_2"), single.secondTokenizer().path());
    }

    @Test
    void aSingleFileOfSecondModelsHasALayerLessAsItsPenultimateLayerIsRead() throws IOException {
        Checkpoint xl = Checkpoint.open(Reference.folder().resolve("sdxl"));
        Checkpoint first = Checkpoint.open(Reference.folder().resolve("sd15"));
        Path file = folder.resolve("sd2.safetensors");
        SafetensorsWriter.write(file, second(xl, first).tensors(), Map.of());
        Checkpoint single = Checkpoint.open(file, CheckpointOptions.NONE.withConfig(first.path()));
        Map<String, Tensor> expected =
                new HashMap<>(WeightValues.of(xl.secondTextEncoder().orElseThrow()));
        expected.keySet()
                .removeIf(
                        name -> name.startsWith("text_model.encoder.layers.2.") || name.startsWith("text_projection"));
        assertSame(expected, WeightValues.of(single.textEncoder()));
        assertTrue(single.secondTextEncoder().isEmpty());
    }

    @Test
    void aFolderOfTheSameNameBesideTheFileHasItsConfigurationsAndTokenizer() throws IOException {
        Path reference = Reference.folder();
        Path file = folder.resolve("model.v1.safetensors");
        Files.copy(reference.resolve("single-file").resolve("sd15.safetensors"), file);
        Path beside = Files.createDirectories(folder.resolve("model.v1"));
        for (String part : new String[] {"unet", "vae", "text_encoder"}) {
            Files.createDirectories(beside.resolve(part));
            Files.copy(
                    reference.resolve("sd15").resolve(part).resolve("config.json"),
                    beside.resolve(part).resolve("config.json"));
        }
        Checkpoint single = Checkpoint.open(
                file,
                CheckpointOptions.NONE.withTokenizer(reference.resolve("sd15").resolve("tokenizer")));
        assertEquals(
                beside.resolve("unet").resolve("config.json"),
                single.unet().config().path());
        assertEquals("PNDMScheduler", single.scheduler().text("_class_name", ""));
        assertEquals("model.v1", single.name());
    }

    @Test
    void theHashIsThatOfTheFileAsSitesThatShareModelsShowIt() throws Exception {
        Path whole = Reference.folder().resolve("sd15");
        Path file = Reference.folder().resolve("single-file").resolve("sd15.safetensors");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        Checkpoint single = Checkpoint.open(file, CheckpointOptions.NONE.withConfig(whole));
        assertEquals(HexFormat.of().formatHex(digest), single.sha256());
    }

    @Test
    void withoutAConfigurationANarrowModelIsRefusedRatherThanGuessed() {
        Path file = Reference.folder().resolve("single-file").resolve("sd15.safetensors");
        assertMessage(
                () -> Checkpoint.open(file),
                "token_embedding.weight: expected a hidden size that is a multiple of 64",
                "found 32");
    }

    @Test
    void anUnknownTensorInTheUNetIsNamed() {
        Checkpoint whole = Checkpoint.open(Reference.folder().resolve("sd15"));
        Map<String, Tensor> tensors = new LinkedHashMap<>(original(whole));
        tensors.put("model.diffusion_model.input_blocks.1.2.motion.weight", Tensor.of(new float[1], 1));
        Path file = folder.resolve("motion.safetensors");
        SafetensorsWriter.write(file, tensors, Map.of());
        assertMessage(
                () -> Checkpoint.open(file, CheckpointOptions.NONE.withConfig(whole.path())),
                "model.diffusion_model.input_blocks.1.2.motion.weight: expected only tensors that a UNet");
    }

    @Test
    void aVaeFromAnotherFileTakesThePlaceOfTheModelsOwn() throws IOException {
        Checkpoint whole = Checkpoint.open(Reference.folder().resolve("sd15"));
        Map<String, Tensor> weights = WeightValues.of(whole.vae());
        Path original = folder.resolve("original.safetensors");
        SafetensorsWriter.write(
                original, new OriginalLayout().vae("", weights, 4).tensors(), Map.of());
        Path diffusers = folder.resolve("diffusers.safetensors");
        SafetensorsWriter.write(diffusers, weights, Map.of());
        Path single = Reference.folder().resolve("single-file").resolve("sd15.safetensors");
        for (Path vae : new Path[] {
            original, diffusers, single, whole.path(), whole.path().resolve("vae")
        }) {
            Checkpoint other =
                    Checkpoint.open(Reference.folder().resolve("sd15-inpainting"), CheckpointOptions.NONE.withVae(vae));
            assertSame(weights, WeightValues.of(other.vae()));
            assertEquals(8, other.vaeScaleFactor(), vae.toString());
            assertEquals(Optional.of(vae.getFileName().toString()), other.otherVaeName());
        }
    }

    @Test
    void whatIsNoVaeIsNamed() {
        Path lora = Reference.folder().resolve("lora").resolve("sd15_kohya.safetensors");
        Path whole = Reference.folder().resolve("sd15");
        assertMessage(
                () -> Checkpoint.open(whole, CheckpointOptions.NONE.withVae(lora)),
                "expected a VAE, found a LoRA in kohya's naming");
    }

    @Test
    void whatIsNoWholeModelIsNamed() {
        Path reference = Reference.folder();
        assertMessage(
                () -> Checkpoint.open(reference.resolve("sd15/unet/diffusion_pytorch_model.safetensors")),
                "expected a whole model",
                "found a UNet alone, in diffusers' naming");
        assertMessage(
                () -> Checkpoint.open(reference.resolve("lora/sd15_diffusers.safetensors")),
                "found a LoRA in PEFT's naming");
        assertMessage(
                () -> Checkpoint.open(reference.resolve("controlnet/diffusion_pytorch_model.safetensors")),
                "found a ControlNet");
    }

    @Test
    void theRefinerIsRefusedByName() {
        Path file = folder.resolve("refiner.safetensors");
        Tensor one = Tensor.of(new float[1], 1);
        SafetensorsWriter.write(
                file,
                Map.of(
                        "model.diffusion_model.input_blocks.0.0.weight", one,
                        "conditioner.embedders.0.model.ln_final.weight", one),
                Map.of());
        assertMessage(() -> Checkpoint.open(file), "found the refiner of Stable Diffusion XL");
    }

    @Test
    void aPickleIsRefusedWithTheReason() throws IOException {
        Path file = Files.write(folder.resolve("model.ckpt"), new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0});
        assertMessage(() -> Checkpoint.open(file), "model.ckpt", "pickle", "can run any code");
    }

    private static Map<String, Tensor> original(Checkpoint first) {
        try {
            return new OriginalLayout()
                    .clip("cond_stage_model.transformer.", WeightValues.of(first.textEncoder()))
                    .unet(WeightValues.of(first.unet()), 2)
                    .vae("first_stage_model.", WeightValues.of(first.vae()), 4)
                    .tensors();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OriginalLayout xl(Checkpoint xl) throws IOException {
        return new OriginalLayout()
                .clip("conditioner.embedders.0.transformer.", WeightValues.of(xl.textEncoder()))
                .openClip(
                        "conditioner.embedders.1.model.",
                        WeightValues.of(xl.secondTextEncoder().orElseThrow()))
                .unet(WeightValues.of(xl.unet()), 2)
                .vae("first_stage_model.", WeightValues.of(xl.vae()), 4);
    }

    private static OriginalLayout second(Checkpoint xl, Checkpoint first) throws IOException {
        return new OriginalLayout()
                .openClip(
                        "cond_stage_model.model.",
                        WeightValues.of(xl.secondTextEncoder().orElseThrow()))
                .unet(WeightValues.of(first.unet()), 2)
                .vae("first_stage_model.", WeightValues.of(first.vae()), 4);
    }

    private static void assertSameWeights(Checkpoint expected, Checkpoint actual) throws IOException {
        assertSameWeights(expected.textEncoder(), actual.textEncoder());
        assertSameWeights(expected.unet(), actual.unet());
        assertSameWeights(expected.vae(), actual.vae());
    }

    private static void assertSameWeights(Component expected, Component actual) throws IOException {
        assertSame(WeightValues.of(expected), WeightValues.of(actual));
    }

    private static void assertSame(Map<String, Tensor> expected, Map<String, Tensor> actual) {
        assertFalse(expected.isEmpty());
        assertEquals(new TreeSet<>(expected.keySet()), new TreeSet<>(actual.keySet()));
        expected.forEach((name, tensor) -> {
            assertEquals(squeezed(tensor), squeezed(actual.get(name)), name);
            assertArrayEquals(tensor.values(), actual.get(name).values(), name);
        });
    }

    /** Old folders have the VAE's attention as 1×1 convolutions too. */
    private static String squeezed(Tensor tensor) {
        return Arrays.toString(
                Arrays.stream(tensor.shape()).filter(size -> size != 1).toArray());
    }

    private static void assertMessage(Executable opening, String... parts) {
        String message = assertThrows(CheckpointException.class, opening).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), "expected \"" + part + "\" in: " + message);
        }
    }
}
