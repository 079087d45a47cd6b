package sc.fiji.diffusion.scijava;

import ij.ImagePlus;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import sc.fiji.diffusion.edit.EditOutput;
import sc.fiji.diffusion.engine.pipeline.ImageToImageRequest;

/**
 * Image to Image for {@code CommandService.run}: inputs and defaults are those of the command in the menu, which has
 * the menu entry alone. The result is a new image that is not shown, or the one that was given.
 */
@Plugin(type = Command.class)
// SciJava writes the inputs and reads the output.
@SuppressWarnings({"FieldCanBeFinal", "UnusedVariable"})
public final class ImageToImageCommand extends EditCommand {

    @Parameter(label = "Image", description = "All of it, or the rectangle that is selected")
    private ImagePlus image;

    @Parameter(label = "Strength", description = "Above 0 and up to 1")
    private double strength = ImageToImageRequest.DEFAULT_STRENGTH;

    @Parameter(
            label = "Output",
            choices = {"new", "replace", "append"})
    private String output = "new";

    @Parameter(type = ItemIO.OUTPUT)
    private ImagePlus result;

    @Override
    public void run() {
        result = diffusion().imageToImage(image, request(strength), EditOutput.of(output));
    }
}
