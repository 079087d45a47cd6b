package sc.fiji.diffusion.engine.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import sc.fiji.diffusion.engine.graph.Attribute;
import sc.fiji.diffusion.engine.graph.ElementType;
import sc.fiji.diffusion.engine.graph.GraphBuilder;
import sc.fiji.diffusion.engine.graph.Value;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * Whether this machine's WebGPU computes attention right. ONNX Runtime's kernel hands numbers around among the threads of
 * a subgroup; where those are too few, as in software, the result is wrong, and nobody says so. Tried once a process, on
 * sixteen tokens.
 */
final class WebGpuAttention {

    private static final int TOKENS = 16;
    private static final int HEADS = 2;
    private static final int SIZE = 32;
    private static final double TOLERANCE = 0.02;

    private WebGpuAttention() {}

    /** @throws OrtException if there is no WebGPU to try */
    static boolean isWrong() throws OrtException {
        return Trial.result();
    }

    /** Holds what came of it. */
    private static final class Trial {

        private static Boolean wrong;

        private Trial() {}

        static synchronized boolean result() throws OrtException {
            if (wrong == null) {
                Tensor expected = attention(Provider.CPU);
                double error = attention(Provider.WEBGPU).relativeError(expected);
                // NaN is wrong too.
                wrong = !(error < TOLERANCE);
            }
            return wrong;
        }
    }

    private static Tensor attention(Provider provider) throws OrtException {
        GraphBuilder graph = new GraphBuilder("attention");
        String[] shape = {"1", Integer.toString(TOKENS), Integer.toString(SIZE)};
        Value x = graph.input("x", ElementType.FLOAT32, shape);
        graph.output(
                "y",
                graph.microsoftNode("MultiHeadAttention", List.of(x, x, x), Attribute.integer("num_heads", HEADS)),
                shape);
        try (SessionOptions options = new SessionOptions()) {
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            provider.addTo(options, 0, List.of());
            byte[] model = graph.build().model().toByteArray();
            try (OrtSession session = OnnxRuntime.environment().createSession(model, options);
                    OnnxTensor input = input();
                    OrtSession.Result result = session.run(Map.of("x", input))) {
                float[] values = new float[TOKENS * SIZE];
                ((OnnxTensor) result.get(0)).getFloatBuffer().get(values);
                return Tensor.of(values, TOKENS, SIZE);
            }
        }
    }

    private static OnnxTensor input() throws OrtException {
        Random random = new Random(1);
        float[] values = new float[TOKENS * SIZE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return OnnxTensor.createTensor(
                OnnxRuntime.environment(), FloatBuffer.wrap(values), new long[] {1, TOKENS, SIZE});
    }
}
