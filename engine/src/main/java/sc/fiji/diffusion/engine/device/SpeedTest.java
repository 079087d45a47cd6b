package sc.fiji.diffusion.engine.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.graph.Graph;
import sc.fiji.diffusion.engine.runtime.Device;
import sc.fiji.diffusion.engine.runtime.InferenceSession;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * Computes {@link SpeedGraph} on a device: first that the numbers are right, then how fast it goes. The picture grows
 * as long as that takes little time, because a GPU shows what it can only with much to do. A second or two on any
 * device.
 */
final class SpeedTest {

    private static final int SMALLEST = 8;
    private static final int LARGEST = 256;

    /** A GPU may multiply with 10 bits of mantissa. */
    private static final double TOLERANCE = 0.02;

    private static final double SECONDS_A_SIZE = 0.25;
    private static final double SECONDS_A_RUN = 0.06;

    private SpeedTest() {}

    /**
     * Billions of multiplications and additions a second, in float32.
     *
     * @throws EngineException if there is no such device, or its numbers are wrong
     */
    static double gigaflops(Device device) {
        try {
            Path folder = Files.createTempDirectory("diffusion-speed");
            try {
                return gigaflops(SpeedGraph.in(folder), device);
            } finally {
                Files.deleteIfExists(folder.resolve("speed.safetensors"));
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new EngineException("speed test: expected to write a file of 7 MB, found " + e, e);
        }
    }

    private static double gigaflops(Graph graph, Device device) {
        try (InferenceSession session = InferenceSession.open(graph, device)) {
            if (!device.equals(Device.CPU)) {
                requireRight(graph, session, device);
            }
            return measured(session);
        }
    }

    /** The CPU, which every native library has, is believed. */
    private static void requireRight(Graph graph, InferenceSession session, Device device) {
        Tensor input = SpeedGraph.input(SMALLEST);
        Tensor found = run(session, input);
        try (InferenceSession cpu = InferenceSession.open(graph, Device.CPU)) {
            double error = found.relativeError(run(cpu, input));
            // NaN is no number below either.
            if (!(error < TOLERANCE)) {
                throw new EngineException(String.format(
                        Locale.ROOT,
                        "%s: expected the CPU's numbers to a relative error of %.2f, found %.2g",
                        device,
                        TOLERANCE,
                        error));
            }
        }
    }

    private static double measured(InferenceSession session) {
        double best = 0;
        for (int size = SMALLEST; size <= LARGEST; size *= 2) {
            Tensor input = SpeedGraph.input(size);
            run(session, input);
            int runs = 0;
            long start = System.nanoTime();
            double seconds;
            do {
                run(session, input);
                runs++;
                seconds = (System.nanoTime() - start) / 1e9;
            } while (seconds < SECONDS_A_SIZE);
            best = Math.max(best, runs * SpeedGraph.operations(size) / seconds / 1e9);
            if (seconds / runs > SECONDS_A_RUN) {
                break;
            }
        }
        return best;
    }

    private static Tensor run(InferenceSession session, Tensor input) {
        return session.run(Map.of(SpeedGraph.INPUT, input), SpeedGraph.OUTPUT, Progress.NONE);
    }
}
