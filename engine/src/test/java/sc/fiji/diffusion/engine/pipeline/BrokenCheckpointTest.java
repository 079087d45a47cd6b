package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;
import sc.fiji.diffusion.engine.checkpoint.Weights;
import sc.fiji.diffusion.engine.hub.Models;

/** A good model, broken in one way after the other: each ends in one sentence that says where and how. */
class BrokenCheckpointTest {

    private static final String UNET_WEIGHTS = "unet/diffusion_pytorch_model.safetensors";

    @TempDir
    private Path model;

    @BeforeEach
    void copyTheEmbeddedModel() throws IOException {
        Path whole = Models.locate(Models.EMBEDDED);
        try (Stream<Path> files = Files.walk(whole)) {
            for (Path file : files.toList()) {
                Path copy = model.resolve(whole.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    @Test
    void aMissingComponentIsNamed() throws IOException {
        Files.move(model.resolve("vae"), model.resolve("vae-elsewhere"));
        assertRefused(CheckpointException.class, "expected the folder vae, found none");
    }

    @Test
    void aMissingConfigurationIsNamed() throws IOException {
        Files.delete(model.resolve("unet/config.json"));
        assertRefused(CheckpointException.class, "config.json: expected a configuration file, found none");
    }

    @Test
    void anotherKindOfPipelineIsNamed() throws IOException {
        replace("model_index.json", "StableDiffusionPipeline", "FluxPipeline");
        assertRefused(
                CheckpointException.class,
                "_class_name: expected one of",
                "StableDiffusionPipeline",
                "found FluxPipeline");
    }

    @Test
    void truncatedWeightsAreNamed() throws IOException {
        try (FileChannel file = FileChannel.open(model.resolve(UNET_WEIGHTS), StandardOpenOption.WRITE)) {
            file.truncate(file.size() - 1000);
        }
        assertRefused(CheckpointException.class, "diffusion_pytorch_model.safetensors: ");
    }

    @Test
    void weightsThatAreCutAfterTheirHeaderWasReadAreNamed() throws IOException {
        Checkpoint opened = Checkpoint.open(model);
        try (FileChannel file = FileChannel.open(model.resolve(UNET_WEIGHTS), StandardOpenOption.WRITE)) {
            file.truncate(file.size() / 2);
        }
        String message = assertThrows(CheckpointException.class, () -> DiffusionPipeline.open(opened, Progress.NONE)
                        .close())
                .getMessage();
        assertTrue(message.contains("it was cut since it was opened"), message);
    }

    @Test
    void aConfigurationThatLiesAboutTheWeightsIsToldWithBothShapes() throws IOException {
        replace("unet/config.json", "\"cross_attention_dim\": ", "\"cross_attention_dim\": 1");
        assertRefused(CheckpointException.class, "attn2.to_k.weight: expected shape [", "], found [");
    }

    @Test
    void anUnknownBlockIsNamed() throws IOException {
        replace("unet/config.json", "\"CrossAttnDownBlock2D\"", "\"SkipDownBlock2D\"");
        assertRefused(CheckpointException.class, "down_block_types: expected", "found SkipDownBlock2D");
    }

    @Test
    void anUnknownSchedulerIsNamed() throws IOException {
        replace("scheduler/scheduler_config.json", "DDIMScheduler", "MagicScheduler");
        assertRefused(CheckpointException.class, "_class_name", "found MagicScheduler");
    }

    @Test
    void aTokenizerWithoutItsVocabularyIsNamed() throws IOException {
        Files.delete(model.resolve("tokenizer/vocab.json"));
        assertRefused(CheckpointException.class, "vocab.json");
    }

    @Test
    void weightsThatAreNoNumbersEndInASentenceNotInABlackImage() throws IOException {
        fillWithNaN(Weights.inFolder(model.resolve("unet")).get("conv_out.weight"));
        assertRefused(EngineException.class, "latents: expected finite numbers after step 1", "found NaN");
    }

    private static void fillWithNaN(WeightTensor tensor) throws IOException {
        byte[] nan = new byte[Math.toIntExact(tensor.length())];
        Arrays.fill(nan, (byte) 0xFF);
        try (FileChannel file = FileChannel.open(tensor.file(), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(nan), tensor.offset());
        }
    }

    private void replace(String file, String found, String replacement) throws IOException {
        Path path = model.resolve(file);
        String text = Files.readString(path);
        assertTrue(text.contains(found), file + " holds " + found);
        Files.writeString(path, text.replace(found, replacement));
    }

    private void assertRefused(Class<? extends DiffusionException> kind, String... parts) {
        String message = assertThrows(kind, this::generate).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), "expected \"" + part + "\" in: " + message);
        }
    }

    private void generate() {
        try (DiffusionPipeline pipeline = DiffusionPipeline.open(Checkpoint.open(model), Progress.NONE)) {
            pipeline.textToImage(TextToImageRequest.of("beads", 128, 128).withSteps(2), Progress.NONE);
        }
    }
}
