package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.graph.Precision;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.network.GraphForm;
import sc.fiji.diffusion.engine.runtime.Device;
import sc.fiji.diffusion.engine.runtime.Provider;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.tensor.Tensor;

class PrecisionTest {

    private static final Execution INT8 =
            new Execution(Device.CPU, new GraphForm(GraphForm.Operators.FUSED, Precision.INT8));

    private static final Execution HALF =
            new Execution(Device.CPU, new GraphForm(GraphForm.Operators.FUSED, Precision.FLOAT16));

    private final Checkpoint checkpoint = Checkpoint.open(Models.locate(Models.EMBEDDED));

    @ParameterizedTest
    @CsvSource({
        "'many green nuclei on a dark background', 1",
        "'a few red filaments, sharp', 2",
        "'tissue section in H&E colours', 3",
        "'a few yellow neurons and many cyan beads', 4",
        "'dense blue cell outlines on a light background', 5"
    })
    void aPictureIn8BitsIsThatOfFloat32To30Decibels(String prompt, long seed) {
        TextToImageRequest request = TextToImageRequest.of(prompt, 128, 128)
                .withSteps(20)
                .withGuidanceScale(checkpoint.guidanceScale())
                .withSeed(seed);
        GenerationResult exact = made(Execution.USUAL, request);
        GenerationResult rounded = made(INT8, request);
        double ratio = peakSignalToNoise(
                exact.images().get(0).image(), rounded.images().get(0).image());
        assertTrue(ratio >= 30, prompt + ": " + ratio + " dB");
        assertTrue(ratio < 100, "8 bits changed nothing");
        assertTrue(
                rounded.provenance().text().contains("CPU, int8"),
                rounded.provenance().text());
    }

    @Test
    void whatOverflowsInFloat16IsMadeAgainInFloat32AndSaidOnce(@TempDir Path folder) throws IOException {
        Checkpoint loud = Checkpoint.open(withLoudFirstConvolution(folder));
        TextToImageRequest request =
                TextToImageRequest.of("many beads", 64, 64).withSteps(2).withSeed(4);
        RgbImage exact;
        try (DiffusionPipeline pipeline = DiffusionPipeline.open(loud, Progress.NONE)) {
            exact = pipeline.textToImage(request, Progress.NONE).images().get(0).image();
        }
        Notices notices = new Notices();
        PipelineOptions half = PipelineOptions.of(loud).withExecution(HALF);
        try (DiffusionPipeline pipeline = DiffusionPipeline.open(loud, half, notices)) {
            GenerationResult mended = pipeline.textToImage(request, notices);
            assertEquals(exact, mended.images().get(0).image());
            assertTrue(
                    mended.provenance().text().contains("Device: CPU\n"),
                    mended.provenance().text());
            pipeline.textToImage(request, notices);
        }
        assertEquals(1, notices.sentences.size(), notices.sentences.toString());
        assertTrue(
                notices.sentences
                        .get(0)
                        .startsWith("computed again in float32, because float16 failed: latents: expected finite"),
                notices.sentences.toString());
    }

    /** Keeps what it is told. */
    private static final class Notices implements Progress {

        private final List<String> sentences = new ArrayList<>();

        @Override
        public void report(Stage stage, int done, int total) {}

        @Override
        public void notice(String sentence) {
            sentences.add(sentence);
        }
    }

    /** What it gives is beyond float16, and brought back by the norms that follow. */
    private Path withLoudFirstConvolution(Path folder) throws IOException {
        Path embedded = Models.locate(Models.EMBEDDED);
        Path unet = checkpoint.unet().files().get(0);
        try (Stream<Path> files = Files.walk(embedded)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(embedded.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                if (file.toRealPath().equals(unet.toRealPath())) {
                    SafetensorsWriter.write(copy, loud(SafetensorsFile.open(file)), Map.of());
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        return folder;
    }

    private static Map<String, Tensor> loud(SafetensorsFile weights) {
        Map<String, Tensor> changed = new LinkedHashMap<>();
        for (String name : weights.tensors().keySet()) {
            Tensor tensor = weights.readFloats(name);
            for (int i = 0; name.equals("conv_in.weight") && i < tensor.values().length; i++) {
                tensor.values()[i] *= 1e5f;
            }
            changed.put(name, tensor);
        }
        return changed;
    }

    private GenerationResult made(Execution execution, TextToImageRequest request) {
        PipelineOptions options = PipelineOptions.of(checkpoint).withExecution(execution);
        try (DiffusionPipeline pipeline = DiffusionPipeline.open(checkpoint, options, Progress.NONE)) {
            return pipeline.textToImage(request, Progress.NONE);
        }
    }

    private static double peakSignalToNoise(RgbImage expected, RgbImage actual) {
        double sum = 0;
        for (int i = 0; i < expected.samples().length; i++) {
            sum += Math.pow(expected.samples()[i] - actual.samples()[i], 2);
        }
        return -10 * Math.log10(sum / expected.samples().length);
    }

    @Test
    void devicesComputeInWhatSuitsThem() {
        Device gpu = Device.of(Provider.WEBGPU);
        assertEquals(Precision.FLOAT32, Execution.on(Device.CPU).form().precision());
        assertEquals(Precision.FLOAT16, Execution.on(gpu).form().precision());
        assertEquals(
                "precision: expected float32 or int8 on the CPU, which does not compute with float16, found float16",
                assertThrows(
                                RequestException.class,
                                () -> Execution.requested(
                                        Device.CPU, new GraphForm(GraphForm.Operators.FUSED, Precision.FLOAT16)))
                        .getMessage());
        assertEquals(
                "precision: expected float32 or float16 on WebGPU, as only the CPU computes with int8, found int8",
                assertThrows(RequestException.class, () -> Execution.requested(gpu, INT8.form()))
                        .getMessage());
    }
}
