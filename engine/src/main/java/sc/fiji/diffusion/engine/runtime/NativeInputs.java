package sc.fiji.diffusion.engine.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.tensor.AnyTensor;
import sc.fiji.diffusion.engine.tensor.IntTensor;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * Hands tensors to a session in the types that it wants. Our own graphs want float32 and int32; exported ones may want
 * float16 latents, int64 ids and timesteps, and the timestep as a scalar or once for every picture of the batch.
 *
 * @param network its name, for messages
 * @param wanted the session's inputs
 */
record NativeInputs(String network, Map<String, TensorInfo> wanted) {

    static NativeInputs of(String network, OrtSession session) throws OrtException {
        Map<String, TensorInfo> wanted = new LinkedHashMap<>();
        for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
            if (!(input.getValue().getInfo() instanceof TensorInfo tensor)) {
                throw new CheckpointException(network + ": input " + input.getKey() + ": expected a tensor, found "
                        + input.getValue().getInfo());
            }
            wanted.put(input.getKey(), tensor);
        }
        return new NativeInputs(network, wanted);
    }

    /** Fills {@code tensors}, which the caller closes, however this ends. */
    void fill(Map<String, OnnxTensor> tensors, Map<String, AnyTensor> inputs) throws OrtException {
        if (!wanted.keySet().equals(inputs.keySet())) {
            throw new CheckpointException(network + ": expected a network that takes " + inputs.keySet()
                    + ", found one that takes " + wanted.keySet());
        }
        for (Map.Entry<String, AnyTensor> input : inputs.entrySet()) {
            TensorInfo info = wanted.get(input.getKey());
            int copies = input.getValue().shape().length == 1 ? copies(info, input.getValue(), inputs) : 1;
            tensors.put(input.getKey(), toNative(input.getKey(), input.getValue(), info, copies));
        }
    }

    /** How often a single value must stand in a list of fixed length, or of the batch's. */
    private int copies(TensorInfo info, AnyTensor value, Map<String, AnyTensor> inputs) {
        if (value.shape()[0] != 1 || info.getShape().length != 1) {
            return 1;
        }
        if (info.getShape()[0] > 1) {
            return Math.toIntExact(info.getShape()[0]);
        }
        String length = info.getDimensionNames()[0];
        return wanted.entrySet().stream()
                .filter(other -> other.getValue().getShape().length > 1)
                .filter(other ->
                        !length.isEmpty() && length.equals(other.getValue().getDimensionNames()[0]))
                .mapToInt(other -> inputs.get(other.getKey()).shape()[0])
                .findFirst()
                .orElse(1);
    }

    private OnnxTensor toNative(String name, AnyTensor tensor, TensorInfo info, int copies) throws OrtException {
        long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
        boolean scalar = info.isScalar() && shape.length == 1 && shape[0] == 1;
        long[] fitting = scalar ? new long[0] : copies > 1 ? new long[] {copies} : shape;
        if (tensor instanceof Tensor floats) {
            return floats(name, repeated(floats.values(), copies), fitting, info.type);
        }
        return integers(name, ((IntTensor) tensor).values(), fitting, info.type);
    }

    private static float[] repeated(float[] values, int copies) {
        if (copies == 1) {
            return values;
        }
        float[] repeated = new float[copies];
        Arrays.fill(repeated, values[0]);
        return repeated;
    }

    private OnnxTensor floats(String name, float[] values, long[] shape, OnnxJavaType type) throws OrtException {
        OrtEnvironment environment = OnnxRuntime.environment();
        FloatBuffer floats = FloatBuffer.wrap(values);
        return switch (type) {
            case FLOAT -> OnnxTensor.createTensor(environment, floats, shape);
            case FLOAT16 ->
                OnnxTensor.createTensor(
                        environment, Fp16Conversions.convertFloatBufferToFp16Buffer(floats), shape, type);
            case BFLOAT16 ->
                OnnxTensor.createTensor(
                        environment, Fp16Conversions.convertFloatBufferToBf16Buffer(floats), shape, type);
            case DOUBLE -> OnnxTensor.createTensor(environment, DoubleBuffer.wrap(doubles(values)), shape);
            case INT64 -> OnnxTensor.createTensor(environment, LongBuffer.wrap(rounded(values)), shape);
            case INT32 ->
                OnnxTensor.createTensor(
                        environment,
                        IntBuffer.wrap(Arrays.stream(rounded(values))
                                .mapToInt(Math::toIntExact)
                                .toArray()),
                        shape);
            default -> throw unsupported(name, type);
        };
    }

    private OnnxTensor integers(String name, int[] values, long[] shape, OnnxJavaType type) throws OrtException {
        return switch (type) {
            case INT32 -> OnnxTensor.createTensor(OnnxRuntime.environment(), IntBuffer.wrap(values), shape);
            case INT64 ->
                OnnxTensor.createTensor(
                        OnnxRuntime.environment(),
                        LongBuffer.wrap(Arrays.stream(values).asLongStream().toArray()),
                        shape);
            default -> throw unsupported(name, type);
        };
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private static long[] rounded(float[] values) {
        long[] whole = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            whole[i] = Math.round((double) values[i]);
        }
        return whole;
    }

    private CheckpointException unsupported(String name, OnnxJavaType type) {
        return new CheckpointException(network + ": input " + name
                + ": expected floats of 16, 32 or 64 bits or integers of 32 or 64, found " + type);
    }
}
