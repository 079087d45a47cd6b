package sc.fiji.diffusion.engine.pipeline;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import sc.fiji.diffusion.engine.adapter.ModelAdaptation;
import sc.fiji.diffusion.engine.adapter.PromptAdapters;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint;
import sc.fiji.diffusion.engine.image.PixelHash;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.provenance.ControlNetUse;
import sc.fiji.diffusion.engine.provenance.Model;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.provenance.Sampling;
import sc.fiji.diffusion.engine.provenance.Task;
import sc.fiji.diffusion.engine.provenance.Texts;
import sc.fiji.diffusion.engine.provenance.WeightsFile;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;
import sc.fiji.diffusion.engine.scheduler.SchedulerConfig;
import sc.fiji.diffusion.engine.scheduler.Schedulers;

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

    /**
     * How images of a request that end now came to be.
     *
     * @param config of the scheduler that was run
     */
    Provenance provenance(
            TextToImageRequest request,
            Task task,
            ModelAdaptation adaptation,
            SchedulerConfig config,
            Execution execution) {
        PromptReading reading = request.reading();
        return new Provenance(
                task,
                new Texts(request.prompt(), request.negativePrompt(), reading.syntax(), reading.clipSkip()),
                sampling(request, config),
                new Model(
                        checkpoint.name(),
                        checkpoint.sha256(),
                        checkpoint.isSingleFile(),
                        checkpoint.otherVaeName().map(name -> new WeightsFile(name, checkpoint.vaeSha256())),
                        adaptation.used(),
                        controlNets(request)),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                OptionalInt.empty(),
                execution.computation(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private Sampling sampling(TextToImageRequest request, SchedulerConfig config) {
        Size size = new Size(request.width(), request.height());
        SchedulerChoice choice = request.scheduler();
        boolean isNamed = choice instanceof SchedulerChoice.Named
                || Schedulers.nameOf(choice.resolve(scheduler), scheduler).isPresent();
        return new Sampling(
                size,
                size,
                request.steps(),
                request.guidanceScale(),
                choice.describe(scheduler),
                isNamed ? Optional.empty() : Optional.of(config.json().toString()),
                request.seed(),
                request.batchSize());
    }

    private List<ControlNetUse> controlNets(TextToImageRequest request) {
        List<ControlNetUse> used = new ArrayList<>();
        for (ControlNetCheckpoint controlNet : options.controlNets()) {
            ControlImage control = request.controlImages().get(used.size());
            used.add(new ControlNetUse(
                    controlNet.name(),
                    controlNet.sha256(),
                    control.scale(),
                    control.start(),
                    control.end(),
                    PixelHash.of(control.image()),
                    control.hint()));
        }
        return used;
    }
}
