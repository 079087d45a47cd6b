package sc.fiji.diffusion.engine.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.provenance.EngineVersion;
import sc.fiji.diffusion.engine.runtime.OnnxRuntime;
import sc.fiji.diffusion.engine.runtime.RunClock;

/**
 * Makes images and takes the time. All of the process's work in ONNX Runtime counts as the benchmark's: nothing else
 * should use it meanwhile.
 */
public final class Benchmark {

    private Benchmark() {}

    /**
     * Opens the model once for every way to compute it, all of them at the same time, and makes the images.
     *
     * @throws sc.fiji.diffusion.engine.DiffusionException if the model can't be opened, or an image of that size can't
     *     be made with it
     * @throws CancelledException soon after {@code progress} says so
     */
    public static BenchmarkReport run(Checkpoint checkpoint, BenchmarkSettings settings, Progress progress) {
        Machine machine = Machine.here();
        Map<String, Long> before = RunClock.opening();
        List<LaneReport> lanes = lanes(checkpoint, settings, progress);
        Map<String, Double> opening = new TreeMap<>();
        RunClock.opening()
                .forEach((network, time) -> opening.put(network, (time - before.getOrDefault(network, 0L)) / 1e9));
        opening.values().removeIf(time -> time == 0);
        return new BenchmarkReport(
                checkpoint.name(),
                settings,
                machine,
                EngineVersion.current(),
                OnnxRuntime.version(),
                lanes,
                opening,
                PeakMemory.now());
    }

    private static List<LaneReport> lanes(Checkpoint checkpoint, BenchmarkSettings settings, Progress progress) {
        int count = settings.executions().size();
        Turns turns = new Turns(count);
        AtomicBoolean failed = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<LaneReport>> running = new ArrayList<>();
            for (int lane = 0; lane < count; lane++) {
                running.add(threads.submit(new Lane(checkpoint, settings, lane, turns, failed, progress)));
            }
            return reports(running);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Waits for all; of several failures the one is told that made the others stop. */
    private static List<LaneReport> reports(List<Future<LaneReport>> running) {
        List<LaneReport> reports = new ArrayList<>();
        RuntimeException failure = null;
        for (Future<LaneReport> lane : running) {
            try {
                reports.add(lane.get());
            } catch (ExecutionException e) {
                RuntimeException found = unchecked(e.getCause());
                failure = failure == null || failure instanceof CancelledException ? found : failure;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancelledException();
            }
        }
        if (failure != null) {
            throw failure;
        }
        return reports;
    }

    private static RuntimeException unchecked(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause;
    }
}
