package sc.fiji.diffusion.progress;

import sc.fiji.diffusion.engine.Progress.Stage;

/** How far a whole job is, from the stage that it is in: each stage has its share of a progress bar. */
public final class OverallProgress {

    private OverallProgress() {}

    /** From 0 to 1; the shares are those of a job of usual length with a model that has to be loaded. */
    public static double of(Stage stage, int done, int total) {
        double within = total <= 0 ? 0 : Math.min(1, (double) done / total);
        return switch (stage) {
            case LOADING -> 0.1 * within;
            case ENCODING_TEXT -> 0.1 + 0.02 * within;
            case DENOISING -> 0.12 + 0.78 * within;
            case DECODING -> 0.9 + 0.1 * within;
        };
    }
}
