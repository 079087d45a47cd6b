package sc.fiji.diffusion.engine.pipeline;

import java.util.Arrays;
import java.util.Locale;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;

/**
 * What previews cost: the built-in model makes a picture with and without them by turns. Arguments: steps, rounds. Prints
 * the time of the first picture with previews, which fits their colours too, and the median ratio of all others.
 */
final class PreviewBenchmark {

    private PreviewBenchmark() {}

    /** Prints two lines. */
    public static void main(String[] arguments) {
        int steps = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        TextToImageRequest request = TextToImageRequest.of("many green nuclei on a dark background", 128, 128)
                .withSteps(steps);
        Checkpoint checkpoint = Checkpoint.open(Models.locate(Models.EMBEDDED));
        try (DiffusionPipeline pipeline = DiffusionPipeline.open(checkpoint, Progress.NONE)) {
            // Java warms up.
            seconds(pipeline, request, Progress.NONE);
            double unseen = seconds(pipeline, request, Progress.NONE);
            double first = seconds(pipeline, request, new Previews());
            System.out.printf(Locale.ROOT, "first: %.2f s instead of %.2f s%n", first, unseen);
            double[] ratios = new double[rounds];
            int shown = 0;
            for (int round = 0; round < rounds; round++) {
                double without = seconds(pipeline, request, Progress.NONE);
                Previews previews = new Previews();
                ratios[round] = seconds(pipeline, request, previews) / without;
                shown += previews.pictures().size();
            }
            Arrays.sort(ratios);
            System.out.printf(
                    Locale.ROOT,
                    "%d steps, %.1f previews: %.3f of the time without (%.3f to %.3f)%n",
                    steps,
                    (double) shown / rounds,
                    ratios[rounds / 2],
                    ratios[0],
                    ratios[rounds - 1]);
        }
    }

    private static double seconds(DiffusionPipeline pipeline, TextToImageRequest request, Progress progress) {
        long begin = System.nanoTime();
        pipeline.textToImage(request, progress);
        return (System.nanoTime() - begin) / 1e9;
    }
}
