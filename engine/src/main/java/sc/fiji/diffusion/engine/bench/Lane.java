package sc.fiji.diffusion.engine.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.Execution;
import sc.fiji.diffusion.engine.pipeline.PipelineOptions;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

/** One way to compute the images: a pipeline of its own, in a thread of its own, that works when it is its turn. */
final class Lane implements Callable<LaneReport> {

    private static final String PROMPT = "many green nuclei on a dark background";

    private final Checkpoint checkpoint;
    private final BenchmarkSettings settings;
    private final int index;
    private final Turns turns;
    private final AtomicBoolean failed;
    private final LaneProgress progress;

    Lane(
            Checkpoint checkpoint,
            BenchmarkSettings settings,
            int index,
            Turns turns,
            AtomicBoolean failed,
            Progress outer) {
        this.checkpoint = checkpoint;
        this.settings = settings;
        this.index = index;
        this.turns = turns;
        this.failed = failed;
        this.progress = new LaneProgress(turns, index, failed, outer);
    }

    @Override
    public LaneReport call() {
        try {
            return measured();
        } catch (RuntimeException | Error e) {
            failed.set(true);
            throw e;
        } finally {
            turns.leave(index);
        }
    }

    private LaneReport measured() {
        Execution execution = settings.executions().get(index);
        PipelineOptions options = PipelineOptions.of(checkpoint).withExecution(execution);
        TextToImageRequest request = TextToImageRequest.of(PROMPT, settings.width(), settings.height())
                .withSteps(settings.steps())
                .withGuidanceScale(settings.guidance());
        progress.start(Progress.Stage.LOADING);
        try (DiffusionPipeline pipeline = DiffusionPipeline.open(checkpoint, options, progress)) {
            List<Section> loading = progress.stop();
            List<List<Section>> images = new ArrayList<>();
            for (int image = 0; image < settings.repeat(); image++) {
                progress.start(Progress.Stage.ENCODING_TEXT);
                pipeline.textToImage(request.withSeed(image), progress);
                images.add(progress.stop());
            }
            return LaneReport.of(execution, loading, images);
        }
    }
}
