package sc.fiji.diffusion.engine.job;

import java.util.List;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint;
import sc.fiji.diffusion.engine.device.NativeLibraries;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.Execution;
import sc.fiji.diffusion.engine.pipeline.PipelineOptions;

/** Does jobs in this process, on the calling thread. A crash of the native side ends the process. */
public final class InProcessEngine implements Engine {

    /** The model that is open, or null. */
    private OpenModel open;

    private volatile boolean closed;

    @Override
    public synchronized <T> T run(DiffusionJob<T> job, Execution execution, Progress progress) {
        Progress untilClosed = new UntilClosed(progress);
        untilClosed.checkCancelled();
        try {
            return job.run(pipeline(job, execution, untilClosed), untilClosed);
        } catch (EngineException | Error e) {
            // Nothing is known of the native side's state: the model is opened afresh.
            closeModel();
            throw e;
        }
    }

    private DiffusionPipeline pipeline(DiffusionJob<?> job, Execution execution, Progress progress) {
        if (open == null || !open.suits(job, execution)) {
            closeModel();
            NativeLibraries.use(execution.device());
            Checkpoint checkpoint = Checkpoint.open(Models.locate(job.model()));
            List<ControlNetCheckpoint> opened = job.controlNets().stream()
                    .map(name -> ControlNetCheckpoint.open(Models.locate(name)))
                    .toList();
            PipelineOptions options =
                    PipelineOptions.of(checkpoint).withControlNets(opened).withExecution(execution);
            DiffusionPipeline pipeline = DiffusionPipeline.openFor(job.settings(), checkpoint, options, progress);
            open = new OpenModel(job.model(), job.controlNets(), execution, pipeline);
        }
        return open.pipeline();
    }

    @Override
    public synchronized void closeModel() {
        if (open != null) {
            open.pipeline().close();
            open = null;
        }
    }

    @Override
    public void close() {
        closed = true;
        closeModel();
    }

    /** Cancels the job when the engine is closed. */
    private final class UntilClosed implements Progress {

        private final Progress progress;

        UntilClosed(Progress progress) {
            this.progress = progress;
        }

        @Override
        public void report(Stage stage, int done, int total) {
            progress.report(stage, done, total);
        }

        @Override
        public void notice(String sentence) {
            progress.notice(sentence);
        }

        @Override
        public boolean wantsPreview() {
            return progress.wantsPreview();
        }

        @Override
        public void preview(RgbImage picture) {
            progress.preview(picture);
        }

        @Override
        public boolean isCancelled() {
            return closed || progress.isCancelled();
        }
    }
}
