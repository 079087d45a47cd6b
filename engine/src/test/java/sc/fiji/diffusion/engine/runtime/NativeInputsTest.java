package sc.fiji.diffusion.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;
import sc.fiji.diffusion.engine.graph.ElementType;
import sc.fiji.diffusion.engine.graph.GraphBuilder;
import sc.fiji.diffusion.engine.graph.Value;
import sc.fiji.diffusion.engine.safetensors.DType;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.tensor.AnyTensor;
import sc.fiji.diffusion.engine.tensor.IntTensor;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** A session gets its inputs as it declares them: here {@code y = sample + t}. */
class NativeInputsTest {

    private static final Tensor SAMPLE = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
    private static final Tensor TIMESTEP = Tensor.of(new float[] {981}, 1);

    @TempDir
    private Path folder;

    @Test
    void aTimestepBecomesALongScalar() {
        assertArrayEquals(new float[] {982, 983, 984, 985}, run(ElementType.INT64, TIMESTEP));
    }

    @Test
    void aTimestepIsRepeatedForABatch() {
        assertArrayEquals(new float[] {982, 983, 984, 985}, run(ElementType.INT64, TIMESTEP, "batch"));
    }

    @Test
    void aTimestepIsRepeatedForAFixedLength() {
        assertArrayEquals(new float[] {982, 983, 984, 985}, run(ElementType.FLOAT32, TIMESTEP, "2"));
    }

    @Test
    void aTimestepAloneStaysAlone() {
        assertArrayEquals(new float[] {982, 983, 984, 985}, run(ElementType.INT32, TIMESTEP, "steps"));
    }

    @Test
    void idsBecomeLongs() {
        IntTensor ids = IntTensor.of(new int[] {10, 20}, 2);
        assertArrayEquals(new float[] {11, 12, 23, 24}, run(ElementType.INT64, ids, "batch"));
    }

    @Test
    void idsForFloatsAreRefused() {
        IntTensor ids = IntTensor.of(new int[] {10, 20}, 2);
        assertTrue(assertThrows(CheckpointException.class, () -> run(ElementType.FLOAT32, ids, "batch"))
                .getMessage()
                .contains("sum: input t: expected"));
    }

    @Test
    void anInputThatNobodyGivesIsNamed() {
        try (InferenceSession session = session(ElementType.FLOAT32)) {
            String message = assertThrows(
                            CheckpointException.class, () -> session.run(Map.of("sample", SAMPLE), "y", Progress.NONE))
                    .getMessage();
            assertTrue(message.startsWith("sum: expected a network that takes [sample], found one"), message);
        }
    }

    private float[] run(ElementType type, AnyTensor t, String... dimensions) {
        try (InferenceSession session = session(type, dimensions)) {
            return session.run(Map.of("sample", SAMPLE, "t", t), "y", Progress.NONE)
                    .values();
        }
    }

    private InferenceSession session(ElementType type, String... dimensions) {
        GraphBuilder graph = new GraphBuilder("sum");
        Value sample = graph.input("sample", ElementType.FLOAT32, "batch", "2");
        Value t = graph.input("t", type, dimensions);
        Value column = graph.reshape(graph.cast(t, ElementType.FLOAT32), -1, 1);
        graph.output("y", graph.add(graph.add(sample, column), graph.weight(zero())), "batch", "2");
        return InferenceSession.open(graph.build());
    }

    /** A graph has weights. */
    private WeightTensor zero() {
        Path file = folder.resolve("zero.safetensors");
        SafetensorsWriter.write(file, Map.of("zero", Tensor.of(new float[1], 1)), Map.of());
        SafetensorsFile header = SafetensorsFile.open(file);
        return new WeightTensor("zero", file, header.dataStart(), 4, DType.F32, List.of(1));
    }
}
