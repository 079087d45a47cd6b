package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.onnx.ExportedFolder;
import sc.fiji.diffusion.engine.graph.Precision;
import sc.fiji.diffusion.engine.network.GraphForm;
import sc.fiji.diffusion.engine.runtime.Device;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;

/** Folders of exported ONNX files make the images of the folder that they were exported from. */
class OnnxFolderTest {

    @TempDir
    private Path folder;

    private final Path whole = Reference.folder().resolve("sd15");
    private final SafetensorsFile golden = SafetensorsFile.open(whole.resolve("golden.safetensors"));
    private final TextToImageRequest request = TextToImageRequest.of(
                    "a photograph of an astronaut riding a horse", 64, 64)
            .withSteps(6)
            .withGuidanceScale(7.5)
            .withSeed(42);

    @Test
    void anEarlyExportWithoutConfigurationsEqualsTheReferences() throws IOException {
        ExportedFolder.early(whole, folder);
        try (DiffusionPipeline pipeline = DiffusionPipeline.open(Checkpoint.open(folder), Progress.NONE)) {
            assertEqualsReferences(pipeline.textToImage(request, Progress.NONE), 1e-4);
            // Its encoder gives latents instead of their distribution.
            ImageToImageRequest again = new ImageToImageRequest(request, GoldenPictures.image(golden), 0.6);
            assertTrue(pipeline.imageToImage(again, Progress.NONE).latents().isFinite());
        }
    }

    @Test
    void anExportInHalvesWithLongIdsEqualsTheReferencesAsFarAsHalvesGo() throws IOException {
        ExportedFolder.halves(whole, folder);
        Checkpoint checkpoint = Checkpoint.open(folder);
        assertEquals(64, checkpoint.nativeSize());
        assertEquals(64, checkpoint.sha256().length());
        try (DiffusionPipeline pipeline = DiffusionPipeline.open(checkpoint, Progress.NONE)) {
            assertEqualsReferences(pipeline.textToImage(request, Progress.NONE), 1e-2);
            ImageToImageRequest again = new ImageToImageRequest(request, GoldenPictures.image(golden), 0.6);
            Reference.assertClose(
                    "latents",
                    golden.readFloats("img2img_pndm_s60_latents").values(),
                    pipeline.imageToImage(again, Progress.NONE).latents().values(),
                    1e-2);
        }
    }

    @Test
    void anExportIsComputedAsItIsWhateverPrecisionIsAskedFor() throws IOException {
        ExportedFolder.early(whole, folder);
        Checkpoint checkpoint = Checkpoint.open(folder);
        List<String> notices = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void report(Stage stage, int done, int total) {}

            @Override
            public void notice(String sentence) {
                notices.add(sentence);
            }
        };
        GraphForm int8 = new GraphForm(GraphForm.Operators.FUSED, Precision.INT8);
        PipelineOptions options = PipelineOptions.of(checkpoint).withExecution(new Execution(Device.CPU, int8));
        try (DiffusionPipeline pipeline = DiffusionPipeline.open(checkpoint, options, progress)) {
            GenerationResult result = pipeline.textToImage(request, progress);
            assertEqualsReferences(result, 1e-4);
            assertTrue(result.provenance().text().contains("Device: CPU\n"));
        }
        assertEquals(
                List.of("computed as it was exported, because an exported network can't be changed to int8"), notices);
    }

    @Test
    void anExportWithoutEncoderMakesImagesFromTextsOnly() throws IOException {
        ExportedFolder.early(whole, folder);
        Files.delete(folder.resolve("vae_encoder").resolve("model.onnx"));
        Files.delete(folder.resolve("vae_encoder").resolve("weights.pb"));
        Files.delete(folder.resolve("vae_encoder"));
        CheckpointException e = assertThrows(
                CheckpointException.class, () -> Checkpoint.open(folder).vaeEncoder());
        assertTrue(e.getMessage().contains("expected the folder vae_encoder"), e.getMessage());
    }

    @Test
    void aMissingGraphIsNamed() throws IOException {
        ExportedFolder.early(whole, folder);
        Files.delete(folder.resolve("vae_decoder").resolve("model.onnx"));
        CheckpointException e = assertThrows(CheckpointException.class, () -> Checkpoint.open(folder));
        assertTrue(e.getMessage().endsWith("vae_decoder: expected model.onnx, found none"), e.getMessage());
    }

    private void assertEqualsReferences(GenerationResult result, double tolerance) {
        Reference.assertClose(
                "latents",
                golden.readFloats("txt2img_pndm_latents").values(),
                result.latents().values(),
                tolerance);
        Reference.assertClose(
                "image",
                golden.readFloats("txt2img_pndm_image").values(),
                result.images().get(0).image().samples(),
                tolerance);
    }
}
