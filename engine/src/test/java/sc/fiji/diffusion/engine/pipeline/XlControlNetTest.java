package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.ConfigFile;
import sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.scheduler.TorchRandom;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** A ControlNet for Stable Diffusion XL: a copy of the UNet's encoder with random convolutions, in a file alone. */
class XlControlNetTest {

    @TempDir
    private Path folder;

    private final TorchRandom random = new TorchRandom(8);
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    @Test
    void itIsToldOfTheTextSummedUpAndSteers() throws IOException {
        Checkpoint sdxl = Checkpoint.open(Reference.folder().resolve("sdxl"));
        ControlNetCheckpoint controlNet =
                ControlNetCheckpoint.open(written(sdxl.unet().config()));
        RgbImage stripes = stripes();
        TextToImageRequest request = TextToImageRequest.of("beads", 96, 64).withSteps(3);
        try (DiffusionPipeline plain = DiffusionPipeline.open(sdxl, Progress.NONE);
                DiffusionPipeline steered = DiffusionPipeline.open(
                        sdxl, PipelineOptions.of(sdxl).withControlNets(List.of(controlNet)), Progress.NONE)) {
            float[] expected =
                    plain.textToImage(request, Progress.NONE).latents().values();
            Reference.assertClose("off", expected, latents(steered, request, new ControlImage(stripes, 0, 0, 1)), 1e-6);
            float[] found = latents(steered, request, ControlImage.of(stripes));
            assertTrue(Reference.relativeError(found, expected) > 1e-3, "it steers");
        }
    }

    private static float[] latents(DiffusionPipeline pipeline, TextToImageRequest request, ControlImage control) {
        return pipeline.textToImage(request.withControlImages(List.of(control)), Progress.NONE)
                .latents()
                .values();
    }

    private Path written(ConfigFile unet) throws IOException {
        copyEncoder(Reference.folder().resolve("sdxl").resolve("unet"));
        List<Integer> channels = unet.sizes("block_out_channels", List.of(), 1 << 16);
        int layers = unet.size("layers_per_block", 2, 100);
        String embedding = "controlnet_cond_embedding.";
        convolution(embedding + "conv_in", 3, 16, 3);
        int[] sizes = {16, 32, 96, 256};
        for (int level = 0; level < 3; level++) {
            convolution(embedding + "blocks." + 2 * level, sizes[level], sizes[level], 3);
            convolution(embedding + "blocks." + (2 * level + 1), sizes[level], sizes[level + 1], 3);
        }
        convolution(embedding + "conv_out", 256, channels.get(0), 3);
        List<Integer> skips = new ArrayList<>(List.of(channels.get(0)));
        for (int level = 0; level < channels.size(); level++) {
            int tensorsOfLevel = layers + (level < channels.size() - 1 ? 1 : 0);
            for (int i = 0; i < tensorsOfLevel; i++) {
                skips.add(channels.get(level));
            }
        }
        for (int i = 0; i < skips.size(); i++) {
            convolution("controlnet_down_blocks." + i, skips.get(i), skips.get(i), 1);
        }
        int lowest = channels.get(channels.size() - 1);
        convolution("controlnet_mid_block", lowest, lowest, 1);
        Path file = folder.resolve("xl.safetensors");
        SafetensorsWriter.write(file, tensors, Map.of());
        return file;
    }

    private void copyEncoder(Path unet) throws IOException {
        try (Stream<Path> files = Files.list(unet)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".safetensors"))
                    .toList()) {
                SafetensorsFile weights = SafetensorsFile.open(file);
                weights.tensors().keySet().stream()
                        .filter(name -> !name.startsWith("up_blocks.")
                                && !name.startsWith("conv_out.")
                                && !name.startsWith("conv_norm_out."))
                        .forEach(name -> tensors.put(name, weights.readFloats(name)));
            }
        }
    }

    private void convolution(String prefix, int in, int out, int kernel) {
        float[] weight = random.next(out * in * kernel * kernel);
        float size = (float) Math.sqrt(in * kernel * kernel);
        for (int i = 0; i < weight.length; i++) {
            weight[i] /= size;
        }
        tensors.put(prefix + ".weight", Tensor.of(weight, out, in, kernel, kernel));
        tensors.put(prefix + ".bias", Tensor.of(new float[out], out));
    }

    private static RgbImage stripes() {
        float[] samples = new float[3 * 96 * 64];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = i / 3 % 96 / 8 % 2;
        }
        return new RgbImage(96, 64, samples);
    }
}
