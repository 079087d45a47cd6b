package sc.fiji.diffusion.engine.pipeline;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import sc.fiji.diffusion.engine.adapter.ModelAdaptation;
import sc.fiji.diffusion.engine.adapter.PromptAdapters;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint;
import sc.fiji.diffusion.engine.provenance.EngineVersion;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.runtime.OnnxRuntime;
import sc.fiji.diffusion.engine.scheduler.SchedulerConfig;

/**
 * What a pipeline was opened with: files, not networks.
 *
 * @param checkpoint the model
 * @param scheduler its own, as its file says
 * @param options what it was opened with
 */
record OpenedModel(Checkpoint checkpoint, SchedulerConfig scheduler, PipelineOptions options) {

    static OpenedModel of(Checkpoint checkpoint, PipelineOptions options) {
        SchedulerConfig scheduler = SchedulerConfig.of(
                checkpoint.scheduler().json(), checkpoint.scheduler().path().toString());
        return new OpenedModel(checkpoint, scheduler, options);
    }

    /** The adapters of a request: those of all images, and those that its prompts name. */
    PromptAdapters adapters(TextToImageRequest request) {
        return PromptAdapters.of(request.prompt(), request.negativePrompt(), options.adapters(), options.folders());
    }

    /** The model's own scheduler, as diffusers' pipeline for this task would use it. */
    SchedulerConfig scheduler(DenoiserTask task, boolean forInpainting) {
        boolean isUsual = checkpoint.secondTextEncoder().isEmpty()
                && task != DenoiserTask.INSTRUCTIONS
                && options.controlNets().isEmpty();
        return isUsual ? OutdatedScheduler.mended(scheduler, forInpainting) : scheduler;
    }

    /** How images of a request that end now came to be. */
    Provenance provenance(
            TextToImageRequest request, Provenance.Task task, ModelAdaptation adaptation, Execution execution) {
        List<ControlNetCheckpoint> controlNets = options.controlNets();
        Provenance.Task controlled = task;
        for (int i = 0; i < controlNets.size(); i++) {
            ControlImage control = request.controlImages().get(i);
            controlled = controlled.with(
                    "ControlNet",
                    controlNets.get(i).name() + " with scale " + control.scale() + " from " + control.start() + " to "
                            + control.end() + " of the steps, SHA-256 "
                            + controlNets.get(i).sha256());
        }
        return new Provenance(
                controlled,
                request.prompt(),
                request.negativePrompt(),
                request.reading().syntax(),
                request.reading().clipSkip(),
                request.width(),
                request.height(),
                request.steps(),
                request.guidanceScale(),
                request.scheduler().describe(scheduler),
                request.seed(),
                request.batchSize(),
                checkpoint.name(),
                checkpoint.sha256(),
                checkpoint.otherVaeName().map(name -> new Provenance.WeightsFile(name, checkpoint.vaeSha256())),
                adaptation.used(),
                EngineVersion.current(),
                OnnxRuntime.version(),
                execution.label(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }
}
