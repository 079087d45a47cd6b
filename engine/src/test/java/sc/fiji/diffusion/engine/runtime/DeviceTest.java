package sc.fiji.diffusion.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;
import sc.fiji.diffusion.engine.graph.ElementType;
import sc.fiji.diffusion.engine.graph.Graph;
import sc.fiji.diffusion.engine.graph.GraphBuilder;
import sc.fiji.diffusion.engine.graph.Value;
import sc.fiji.diffusion.engine.safetensors.DType;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.tensor.Tensor;

class DeviceTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "cpu, cpu, CPU",
        "WebGPU, webgpu, WebGPU",
        "cuda, cuda, CUDA",
        "cuda:0, cuda, CUDA",
        "' CUDA:1 ', cuda:1, CUDA 1",
        "directml:2, directml:2, DirectML 2",
        "coreml, coreml, CoreML"
    })
    void whatPeopleTypeIsReadAndWrittenAgain(String typed, String written, String label) {
        Device device = Device.parse(typed);
        assertEquals(written, device.toString());
        assertEquals(label, device.label());
        assertEquals(device, Device.parse(device.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "cuda:", "cuda:x", "cuda:-1", "cpu:1", "webgpu:1", "cuda:99999999999", "auto"})
    void whatIsNoDeviceIsRefusedInOneSentence(String typed) {
        String message =
                assertThrows(RequestException.class, () -> Device.parse(typed)).getMessage();
        assertTrue(message.startsWith("device: expected ") && message.contains(", found "), message);
    }

    /** What is loaded in these tests is the library of the jar, or the one with WebGPU. */
    @ParameterizedTest
    @EnumSource(
            value = Provider.class,
            names = {"DIRECTML", "COREML"})
    void aDeviceThatTheLibraryLacksIsFoundBeforeItIsUsed(Provider provider) {
        if (provider.isLoaded()) {
            return;
        }
        Graph graph = graph();
        String message = assertThrows(EngineException.class, () -> InferenceSession.open(graph, Device.of(provider)))
                .getMessage();
        assertTrue(message.startsWith(provider.typed() + ": expected a native library with "), message);
    }

    @Test
    void theCpuIsAlwaysThere() {
        assertTrue(Provider.CPU.isLoaded());
        InferenceSession.open(graph(), Device.CPU).close();
    }

    private Graph graph() {
        Path file = folder.resolve("one.safetensors");
        SafetensorsWriter.write(file, Map.of("one", Tensor.of(new float[] {1}, 1)), Map.of());
        WeightTensor weight =
                new WeightTensor("one", file, SafetensorsFile.open(file).dataStart(), 4, DType.F32, List.of(1));
        GraphBuilder graph = new GraphBuilder("sum");
        Value x = graph.input("x", ElementType.FLOAT32, "2");
        graph.output("y", graph.add(x, graph.weight(weight)), "2");
        return graph.build();
    }
}
