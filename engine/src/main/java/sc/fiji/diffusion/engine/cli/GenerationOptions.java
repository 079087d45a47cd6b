package sc.fiji.diffusion.engine.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.MemoryNeed;
import sc.fiji.diffusion.engine.pipeline.PipelineOptions;
import sc.fiji.diffusion.engine.pipeline.PromptReading;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;

/** What every command that makes images takes. */
final class GenerationOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "PATH|NAME",
            defaultValue = Models.EMBEDDED,
            description =
                    "A model's folder or .safetensors file, or its name (diffuse models list); ${DEFAULT-VALUE} (default)"
                            + " is built in.")
    private String model;

    @Mixin
    private CheckpointArguments checkpointArguments;

    @Mixin
    private PromptOptions prompts;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description =
                    "Denoising steps (default: the model's own, usually " + TextToImageRequest.DEFAULT_STEPS + ").")
    private Optional<Integer> steps;

    @Option(
            names = "--guidance",
            paramLabel = "X",
            description = "Classifier-free guidance, 1 is none (default: the model's own, usually 7.5).")
    private Optional<Double> guidance;

    @Option(
            names = "--clip-skip",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Layers of the text encoder to leave out at its end, for the prompt, as diffusers counts: 0 is"
                            + " none (default), 1 is what AUTOMATIC1111's webui calls 2.")
    private int clipSkip;

    @Mixin
    private SchedulerOptions scheduler;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of the first image's noise, as in PyTorch on the CPU (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many images (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--no-watermark",
            description = "Leave out the invisible mark that says that an image was generated.")
    private boolean noWatermark;

    @Mixin
    private AdapterOptions adapters;

    @Mixin
    private DeviceOption device;

    @Mixin
    private FormOptions form;

    @Mixin
    private ImageOutput output;

    /** Before anything takes time: what the options say of scheduler and output. */
    SchedulerChoice checked() {
        output.requireWritable();
        device.choice();
        return scheduler.choice();
    }

    Checkpoint open() {
        return Checkpoint.open(Models.locate(model), checkpointArguments.options());
    }

    /** With the LoRAs and textual inversions that options and prompts name. */
    DiffusionPipeline pipeline(
            Checkpoint checkpoint,
            TextToImageRequest request,
            List<ControlNetCheckpoint> controlNets,
            Progress progress) {
        PipelineOptions options = PipelineOptions.of(checkpoint)
                .withAdapters(checked(adapters::open), adapters.folders(checkpoint))
                .withControlNets(controlNets);
        return device.open(chosen ->
                DiffusionPipeline.openFor(request, checkpoint, options.withExecution(form.on(chosen)), progress));
    }

    /** The request for an image of that size. */
    TextToImageRequest request(Checkpoint checkpoint, SchedulerChoice choice, int width, int height)
            throws IOException {
        String promptText = prompts.prompt();
        String negativeText = prompts.negativePrompt();
        return checked(() -> new TextToImageRequest(
                        promptText,
                        negativeText,
                        width,
                        height,
                        steps.orElseGet(checkpoint::steps),
                        guidance.orElseGet(checkpoint::guidanceScale),
                        choice,
                        seed,
                        batch,
                        new PromptReading(prompts.syntax(), clipSkip))
                .withWatermark(!noWatermark));
    }

    /** Tells of a size that takes much memory, or that the model was not trained for. */
    void noteSize(Checkpoint checkpoint, TextToImageRequest request) {
        MemoryNeed.of(checkpoint)
                .warning(request.width(), request.height())
                .ifPresent(sentence -> Diffuse.note(spec.commandLine(), sentence));
    }

    /** A request whose refusal is a matter of usage. */
    <T> T checked(Supplier<T> request) {
        return Usage.checked(spec, request);
    }

    void write(GenerationResult result) {
        output.write(result);
        result.provenance().model().adapters().stream()
                .filter(adapter -> !adapter.note().isEmpty())
                .forEach(adapter -> Diffuse.note(spec.commandLine(), adapter.name() + ": " + adapter.note()));
    }
}
