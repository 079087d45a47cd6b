package sc.fiji.diffusion.scijava;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.pipeline.PromptReading;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.prompt.PromptSyntax;
import sc.fiji.diffusion.job.SchedulerNames;
import sc.fiji.diffusion.job.Seeds;
import sc.fiji.diffusion.pixels.ValueRange;
import sc.fiji.diffusion.watermark.ChosenWatermark;

/** The inputs that commands have in common which work on an open image. */
// SciJava writes the inputs.
@SuppressWarnings("FieldCanBeFinal")
abstract class EditCommand implements Command {

    @Parameter
    private DiffusionService diffusion;

    @Parameter(label = "Model")
    private String model = Models.EMBEDDED;

    @Parameter(label = "Steps", description = "Left out: as suits the model", required = false)
    private Integer steps;

    @Parameter(label = "Guidance", description = "Left out: as it suits the model", required = false)
    private Double guidance;

    @Parameter(label = "Scheduler", description = "As on the command line, or default for the model's own")
    private String scheduler = SchedulerNames.MODEL_DEFAULT;

    @Parameter(label = "Clip skip", description = "Last layers of the text encoder to leave out, as diffusers counts")
    private int clipSkip = 0;

    @Parameter(label = "Plain prompts", description = "Take brackets and BREAK in prompts as text")
    private boolean plainPrompts = false;

    @Parameter(label = "Seed", description = "-1: random")
    private long seed = Seeds.RANDOM;

    @Parameter(label = "Slices", description = "current, all, or numbers such as 2-5,7")
    private String slices = EditRequest.CURRENT;

    @Parameter(label = "Channels", description = "Of a hyperstack: current, all, or numbers")
    private String channels = EditRequest.CURRENT;

    @Parameter(label = "Frames", description = "Of a hyperstack: current, all, or numbers")
    private String frames = EditRequest.CURRENT;

    @Parameter(
            label = "Values",
            choices = {ValueRange.DISPLAY, ValueRange.MIN_MAX, ValueRange.GIVEN})
    private String range = ValueRange.DISPLAY;

    @Parameter(label = "From", description = "If the values are given")
    private double min = 0;

    @Parameter(label = "To", description = "If the values are given")
    private double max = 255;

    @Parameter(label = "Other noise in each slice")
    private boolean vary = false;

    @Parameter(label = "Negative prompt", required = false)
    private String negative = "";

    @Parameter(label = "Prompt", required = false)
    private String prompt = "";

    DiffusionService diffusion() {
        return diffusion;
    }

    EditRequest request(double strength) {
        Checkpoint checkpoint = Checkpoint.open(Models.locate(model));
        TextToImageRequest sampling = new TextToImageRequest(
                        prompt,
                        negative,
                        1,
                        1,
                        steps == null ? checkpoint.steps() : steps,
                        guidance == null ? checkpoint.guidanceScale() : guidance,
                        SchedulerNames.choice(scheduler),
                        Seeds.resolve(seed),
                        1,
                        new PromptReading(plainPrompts ? PromptSyntax.PLAIN : PromptSyntax.WEIGHTED, clipSkip))
                .withWatermark(ChosenWatermark.isOn());
        ValueRange values = ValueRange.named(range, () -> min, () -> max);
        return new EditRequest(model, sampling, strength, slices, channels, frames, values, vary);
    }
}
