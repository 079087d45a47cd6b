package sc.fiji.diffusion.engine.bench;

import java.util.List;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.pipeline.Execution;

/**
 * What to measure.
 *
 * @param width of the image in pixels
 * @param height of the image in pixels
 * @param steps of each image, at least 1
 * @param guidance classifier-free guidance; above 1 a step predicts twice, as a batch of two
 * @param repeat how many images, at least 1: the first shows the first step, all show the steady one
 * @param executions the ways to compute them, one or more; they take turns step by step
 */
public record BenchmarkSettings(
        int width, int height, int steps, double guidance, int repeat, List<Execution> executions) {

    private static final int MOST_IMAGES = 1000;

    public BenchmarkSettings {
        executions = List.copyOf(executions);
        if (repeat < 1 || repeat > MOST_IMAGES) {
            throw new RequestException("repeat: expected 1 to " + MOST_IMAGES + ", found " + repeat);
        }
        if (executions.isEmpty()) {
            throw new RequestException("executions: expected one or more, found none");
        }
    }
}
