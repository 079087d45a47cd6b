package sc.fiji.diffusion.engine.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.CheckpointOptions;
import sc.fiji.diffusion.engine.checkpoint.WeightValues;
import sc.fiji.diffusion.engine.checkpoint.onnx.ExportedFolder;
import sc.fiji.diffusion.engine.checkpoint.original.OriginalLayout;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;

/** Stable Diffusion XL in other layouts than a folder's makes the folder's images. */
class XlLayoutsTest {

    private static final double TOLERANCE = 1e-4;

    @TempDir
    private Path folder;

    private final Path whole = Reference.folder().resolve("sdxl");

    @Test
    void aSingleFileGivesTheReferencesLatents() throws IOException {
        Checkpoint xl = Checkpoint.open(whole);
        OriginalLayout layout = new OriginalLayout()
                .clip("conditioner.embedders.0.transformer.", WeightValues.of(xl.textEncoder()))
                .openClip(
                        "conditioner.embedders.1.model.",
                        WeightValues.of(xl.secondTextEncoder().orElseThrow()))
                .unet(WeightValues.of(xl.unet()), 2)
                .vae("first_stage_model.", WeightValues.of(xl.vae()), 4);
        Path file = folder.resolve("sdxl.safetensors");
        SafetensorsWriter.write(file, layout.tensors(), Map.of());
        assertEqualsReference(Checkpoint.open(file, CheckpointOptions.NONE.withConfig(whole)));
    }

    @Test
    void anExportGivesTheReferencesLatents() throws IOException {
        ExportedFolder.xl(whole, folder);
        assertEqualsReference(Checkpoint.open(folder));
    }

    private void assertEqualsReference(Checkpoint checkpoint) {
        TextToImageRequest request = TextToImageRequest.of("a photograph of an astronaut riding a horse", 96, 64)
                .withSteps(6)
                .withGuidanceScale(5)
                .withSeed(42)
                .withScheduler(SchedulerChoice.named("euler"));
        try (DiffusionPipeline pipeline = DiffusionPipeline.open(checkpoint, Progress.NONE)) {
            Reference.assertClose(
                    "latents",
                    SafetensorsFile.open(whole.resolve("golden.safetensors"))
                            .readFloats("txt2img_euler_latents")
                            .values(),
                    pipeline.textToImage(request, Progress.NONE).latents().values(),
                    TOLERANCE);
        }
    }
}
