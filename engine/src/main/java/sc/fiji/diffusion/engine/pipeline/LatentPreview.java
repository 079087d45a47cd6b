package sc.fiji.diffusion.engine.pipeline;

import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.scheduler.CleanEstimate;
import sc.fiji.diffusion.engine.scheduler.Scheduler;
import sc.fiji.diffusion.engine.scheduler.SchedulerConfig;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * Shows how a picture is coming along, to whoever wants to see it, within a twentieth of the time. Never fails: a job
 * that can't be shown goes on without.
 */
final class LatentPreview {

    private static final double SHARE = 0.05;

    private final LatentDecoder decoder;
    private final CleanEstimate estimate;
    private final Progress progress;
    private final TimeShare time;
    private boolean failed;

    /** For the run that begins now. */
    LatentPreview(LatentDecoder decoder, SchedulerConfig config, Progress progress) {
        this(decoder, config, progress, new TimeShare(SHARE, System::nanoTime));
    }

    LatentPreview(LatentDecoder decoder, SchedulerConfig config, Progress progress, TimeShare time) {
        this.decoder = decoder;
        this.estimate = new CleanEstimate(config);
        this.progress = progress;
        this.time = time;
    }

    /**
     * Shows what the latents are without their noise, if there is time.
     *
     * @param sample {@code [1, channels, h, w]} before the step
     * @param predicted the model's answer
     */
    void show(Scheduler scheduler, int index, Tensor sample, Tensor predicted) {
        if (!failed && progress.wantsPreview() && time.allows()) {
            time.spend(() -> {
                float[] clean = estimate.of(scheduler, index, sample.values(), predicted.values());
                show(new Tensor(sample.shape(), clean));
            });
        }
    }

    private void show(Tensor clean) {
        try {
            progress.preview(decoder.colors(progress).picture(clean));
        } catch (EngineException e) {
            failed = true;
        }
    }
}
