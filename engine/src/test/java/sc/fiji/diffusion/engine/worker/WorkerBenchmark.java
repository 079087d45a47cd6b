package sc.fiji.diffusion.engine.worker;

import java.util.List;
import java.util.Map;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.job.TextToImageJob;
import sc.fiji.diffusion.engine.pipeline.Execution;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

/** How many milliseconds a worker takes to start and to make its first and second image; the arguments are options for its JVM. */
final class WorkerBenchmark {

    private static final int ROUNDS = 5;
    private static final int SIZE = 128;
    private static final int STEPS = 4;

    private WorkerBenchmark() {}

    public static void main(String[] arguments) {
        WorkerSettings settings =
                new WorkerSettings(List.of(arguments), WorkerSettings.usual().environment());
        TextToImageJob job = new TextToImageJob(
                Models.EMBEDDED, TextToImageRequest.of("nuclei", SIZE, SIZE).withSteps(STEPS));
        for (int round = 0; round < ROUNDS; round++) {
            try (WorkerEngine engine = new WorkerEngine(execution -> settings)) {
                long start = System.nanoTime();
                engine.prepare(Execution.USUAL);
                long prepared = System.nanoTime();
                engine.run(job, Progress.NONE);
                long first = System.nanoTime();
                long processor = processorMillis(Workers.pid(engine));
                engine.run(job, Progress.NONE);
                long second = System.nanoTime();
                System.out.println(Map.of(
                        "start", millis(start, prepared),
                        "first image", millis(prepared, first),
                        "both", millis(start, first),
                        "processor time of both", processor,
                        "second image", millis(first, second)));
            }
        }
    }

    private static long processorMillis(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow()
                .toMillis();
    }

    private static long millis(long from, long to) {
        return (to - from) / 1_000_000;
    }
}
