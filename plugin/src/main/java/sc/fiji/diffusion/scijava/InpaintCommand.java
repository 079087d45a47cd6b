package sc.fiji.diffusion.scijava;

import ij.ImagePlus;
import ij.gui.Roi;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import sc.fiji.diffusion.edit.InpaintRecipes;
import sc.fiji.diffusion.selection.MaskSource;

/**
 * Inpaint Selection for {@code CommandService.run}: inputs and defaults are those of the command in the menu, which has
 * the menu entry alone. The mask may also be a selection or an image that is not shown.
 */
@Plugin(type = Command.class)
// SciJava writes the inputs.
@SuppressWarnings("FieldCanBeFinal")
public final class InpaintCommand extends EditCommand {

    @Parameter(label = "Image", type = ItemIO.BOTH)
    private ImagePlus image;

    @Parameter(label = "Strength", description = "Above 0 and up to 1")
    private double strength = EditRequest.INPAINT_STRENGTH;

    @Parameter(
            label = "Mask",
            choices = {MaskSource.SELECTION, MaskSource.MANAGER, MaskSource.EACH})
    private String mask = MaskSource.SELECTION;

    @Parameter(label = "Region", description = "Instead of the mask", required = false)
    private Roi roi;

    @Parameter(label = "Mask image", description = "Instead of the mask: 8-bit, white changes", required = false)
    private ImagePlus maskimage;

    @Parameter(
            label = "Model sees",
            choices = {InpaintRecipes.AUTO, "off"})
    private String crop = InpaintRecipes.AUTO;

    @Parameter(
            label = "Begin with",
            choices = {InpaintRecipes.AUTO, "original", "blur", "surroundings", "neutral"})
    private String fill = InpaintRecipes.AUTO;

    @Parameter(label = "Grow", description = "Pixels, or -1 for automatic")
    private int grow = InpaintRecipes.AUTO_PIXELS;

    @Parameter(label = "Feather", description = "Pixels, or -1 for automatic")
    private int feather = InpaintRecipes.AUTO_PIXELS;

    @Override
    public void run() {
        diffusion().inpaint(image, request(strength), source(), InpaintRecipes.of(crop, grow, feather, fill));
    }

    private MaskSource source() {
        if (roi != null) {
            return new MaskSource.GivenSelection(roi);
        }
        return maskimage == null ? MaskSource.named(mask) : new MaskSource.GivenMaskImage(maskimage);
    }
}
