package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
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

class PrecisionTest {

    private static final Execution INT8 =
            new Execution(Device.CPU, new GraphForm(GraphForm.Operators.FUSED, Precision.INT8));

    private final Checkpoint checkpoint = Checkpoint.open(Models.locate(Models.EMBEDDED));

    @ParameterizedTest
    @CsvSource({
        "'many green nuclei on a dark background', 1",
        "'a few red filaments, sharp', 2",
        "'tissue section in H&E colours', 3"
    })
    void aPictureIn8BitsIsThatOfFloat32To30Decibels(String prompt, long seed) {
        TextToImageRequest request =
                TextToImageRequest.of(prompt, 128, 128).withSteps(20).withSeed(seed);
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
                                () -> new Execution(
                                        Device.CPU, new GraphForm(GraphForm.Operators.FUSED, Precision.FLOAT16)))
                        .getMessage());
        assertEquals(
                "precision: expected float32 or float16 on WebGPU, as only the CPU computes with int8, found int8",
                assertThrows(RequestException.class, () -> new Execution(gpu, INT8.form()))
                        .getMessage());
    }
}
