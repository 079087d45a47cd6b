package sc.fiji.diffusion.engine.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.onnx.OnnxFile;
import sc.fiji.diffusion.engine.graph.Graph;
import sc.fiji.diffusion.engine.tensor.AnyTensor;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * An opened network. Opening reads the weights (seconds for a large one); running is what a step costs. Not
 * thread-safe; {@link #close} frees the weights.
 */
public final class InferenceSession implements AutoCloseable {

    private static final String SHRINKAGE = "memory.enable_memory_arena_shrinkage";

    private final String name;
    private final OrtSession session;

    private final NativeInputs nativeInputs;

    private InferenceSession(String name, OrtSession session, NativeInputs nativeInputs) {
        this.name = name;
        this.session = session;
        this.nativeInputs = nativeInputs;
    }

    /** Takes the session; one that can't be used is closed. */
    private static InferenceSession of(String name, OrtSession session) {
        try {
            return new InferenceSession(name, session, NativeInputs.of(name, session));
        } catch (OrtException e) {
            close(name, session);
            throw OnnxRuntime.failure(name, e);
        } catch (RuntimeException e) {
            close(name, session);
            throw e;
        }
    }

    /**
     * Opens a graph on the CPU.
     *
     * @throws sc.fiji.diffusion.engine.EngineException if there is not enough memory for its weights
     * @throws sc.fiji.diffusion.engine.CheckpointException if ONNX Runtime finds the graph's tensors not to fit
     */
    public static InferenceSession open(Graph graph) {
        return open(graph, Device.CPU);
    }

    /**
     * Opens a graph on a device; throws what {@link #open(Graph)} throws, and an {@link
     * sc.fiji.diffusion.engine.EngineException} if there is no such device, or the native library that is loaded has
     * nothing for it. Nodes that the device can't compute are computed on the CPU.
     */
    public static InferenceSession open(Graph graph, Device device) {
        if (device.usesMainMemory()) {
            Memory.requireForWeights(graph);
        }
        return of(graph.name(), OnnxRuntime.openSession(graph, device));
    }

    /**
     * Opens a network that was exported, on a device.
     *
     * @throws sc.fiji.diffusion.engine.EngineException if there is not enough memory for its weights
     * @throws sc.fiji.diffusion.engine.CheckpointException if ONNX Runtime can't open it
     */
    public static InferenceSession open(OnnxFile file, Device device) {
        if (device.usesMainMemory()) {
            Memory.require(file.path() + ": weights", file.bytes());
        }
        // What is wrong in WebGPU is found by looking at the graph.
        if (file.isPlain() && device.provider() != Provider.WEBGPU) {
            return of(file.path().toString(), OnnxRuntime.openSession(file.path(), device));
        }
        return open(LinkedWeights.resolved(file), device);
    }

    /** The names of what it computes; an exported network has those that its exporter chose. */
    public Set<String> outputs() {
        return session.getOutputNames();
    }

    /**
     * Runs the network.
     *
     * @param inputs by name
     * @param output the name of the output wanted
     * @param progress asked, while the network computes, whether to go on
     * @throws CancelledException soon after {@code progress} says so
     * @throws sc.fiji.diffusion.engine.EngineException if the computation fails, for lack of memory or else
     */
    public Tensor run(Map<String, AnyTensor> inputs, String output, Progress progress) {
        return run(inputs, Set.of(output), progress).get(output);
    }

    /**
     * As {@link #run(Map, String, Progress)}, when no other run follows soon: the memory that runs hold for the next one
     * is given back, half a gigabyte for the UNet of Stable Diffusion 1.5.
     */
    public Tensor runLast(Map<String, AnyTensor> inputs, String output, Progress progress) {
        return run(inputs, Set.of(output), true, progress).get(output);
    }

    /** As {@link #run(Map, String, Progress)}, for several outputs at once. */
    public Map<String, Tensor> run(Map<String, AnyTensor> inputs, Set<String> outputs, Progress progress) {
        return run(inputs, outputs, false, progress);
    }

    private Map<String, Tensor> run(
            Map<String, AnyTensor> inputs, Set<String> outputs, boolean last, Progress progress) {
        progress.checkCancelled();
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try (RunOptions options = new RunOptions();
                CancelWatch watch = new CancelWatch(progress, options)) {
            if (last) {
                options.addRunConfigEntry(SHRINKAGE, "cpu:0");
            }
            nativeInputs.fill(tensors, inputs);
            return run(tensors, outputs, options, watch);
        } catch (OrtException e) {
            throw OnnxRuntime.failure(name, e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private Map<String, Tensor> run(
            Map<String, OnnxTensor> tensors, Set<String> outputs, RunOptions options, CancelWatch watch)
            throws OrtException {
        long begin = System.nanoTime();
        try (OrtSession.Result result = session.run(tensors, outputs, options)) {
            RunClock.ran(begin);
            Map<String, Tensor> found = new LinkedHashMap<>();
            for (Map.Entry<String, OnnxValue> output : result) {
                found.put(output.getKey(), toTensor(output.getKey(), output.getValue()));
            }
            return found;
        } catch (OrtException e) {
            if (watch.hasTerminated()) {
                throw new CancelledException();
            }
            throw e;
        }
    }

    private Tensor toTensor(String output, OnnxValue value) {
        FloatBuffer found = value instanceof OnnxTensor tensor ? tensor.getFloatBuffer() : null;
        if (found == null) {
            throw new CheckpointException(name + ": expected floating-point numbers of 16 or 32 bits as its output "
                    + output + ", found " + type(value));
        }
        OnnxTensor tensor = (OnnxTensor) value;
        int[] shape = Arrays.stream(tensor.getInfo().getShape())
                .mapToInt(Math::toIntExact)
                .toArray();
        float[] values = new float[Tensor.count(shape)];
        found.get(values);
        return new Tensor(shape, values);
    }

    private static String type(OnnxValue value) {
        return value instanceof OnnxTensor tensor
                ? tensor.getInfo().type.toString()
                : value.getType().toString();
    }

    @Override
    public void close() {
        close(name, session);
    }

    private static void close(String name, OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw OnnxRuntime.failure(name, e);
        }
    }
}
