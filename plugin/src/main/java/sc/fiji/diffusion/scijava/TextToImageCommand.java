package sc.fiji.diffusion.scijava;

import ij.ImagePlus;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.pipeline.PromptReading;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.prompt.PromptSyntax;
import sc.fiji.diffusion.job.SchedulerNames;
import sc.fiji.diffusion.job.Seeds;
import sc.fiji.diffusion.watermark.ChosenWatermark;

/**
 * Text to Image for {@code CommandService.run}: inputs and defaults are those of the command in the menu, which has
 * the menu entry alone. The output is a new image that is not shown.
 */
@Plugin(type = Command.class)
// SciJava writes the inputs and reads the output.
@SuppressWarnings({"FieldCanBeFinal", "UnusedVariable"})
public final class TextToImageCommand implements Command {

    @Parameter
    private DiffusionService diffusion;

    @Parameter(label = "Model")
    private String model = Models.EMBEDDED;

    @Parameter(label = "Width", description = "In pixels; left out: as the model was trained", required = false)
    private Integer width;

    @Parameter(label = "Height", description = "In pixels; left out: as the model was trained", required = false)
    private Integer height;

    @Parameter(label = "Steps", description = "Left out: as suits the model", required = false)
    private Integer steps;

    @Parameter(label = "Guidance", description = "Left out: as it suits the model", required = false)
    private Double guidance;

    @Parameter(label = "Scheduler", description = "As on the command line, or default for the model's own")
    private String scheduler = SchedulerNames.MODEL_DEFAULT;

    @Parameter(label = "Seed", description = "-1: random")
    private long seed = Seeds.RANDOM;

    @Parameter(label = "Count")
    private int count = 1;

    @Parameter(label = "Clip skip", description = "Last layers of the text encoder to leave out, as diffusers counts")
    private int clipSkip = 0;

    @Parameter(label = "Plain prompts", description = "Take brackets and BREAK in prompts as text")
    private boolean plainPrompts = false;

    @Parameter(label = "Negative prompt", required = false)
    private String negative = "";

    @Parameter(label = "Prompt", required = false)
    private String prompt = "";

    @Parameter(type = ItemIO.OUTPUT)
    private ImagePlus image;

    @Override
    public void run() {
        image = diffusion.textToImage(model, request());
    }

    private TextToImageRequest request() {
        Checkpoint checkpoint = Checkpoint.open(Models.locate(model));
        return new TextToImageRequest(
                        prompt,
                        negative,
                        width == null ? checkpoint.nativeSize() : width,
                        height == null ? checkpoint.nativeSize() : height,
                        steps == null ? checkpoint.steps() : steps,
                        guidance == null ? checkpoint.guidanceScale() : guidance,
                        SchedulerNames.choice(scheduler),
                        Seeds.resolve(seed),
                        count,
                        new PromptReading(plainPrompts ? PromptSyntax.PLAIN : PromptSyntax.WEIGHTED, clipSkip))
                .withWatermark(ChosenWatermark.isOn());
    }
}
