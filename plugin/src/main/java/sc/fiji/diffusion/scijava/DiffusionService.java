package sc.fiji.diffusion.scijava;

import ij.ImagePlus;
import org.scijava.service.SciJavaService;
import sc.fiji.diffusion.edit.EditOutput;
import sc.fiji.diffusion.engine.blend.Variations;
import sc.fiji.diffusion.engine.blend.Walk;
import sc.fiji.diffusion.engine.inpaint.InpaintRecipe;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.selection.MaskSource;

/**
 * Makes images in scripts, as in {@code #@ DiffusionService diffusion} and then
 * {@code diffusion.textToImage("many green nuclei")}. Methods block until the image is there, may be called from any
 * thread, and throw a {@link sc.fiji.diffusion.engine.DiffusionException} with one sentence if it can't be made. Jobs
 * run one after the other; each is a SciJava task that can be cancelled.
 */
public interface DiffusionService extends SciJavaService {

    /**
     * One image by the model that ships with the plugin, of the size that it was trained for, with a random seed.
     *
     * @return a new RGB image that is not shown; its Info tells how it was made
     */
    ImagePlus textToImage(String prompt);

    /**
     * @param model the name of a model, or the path of its folder
     * @param request what to make
     * @return a new RGB image, or a stack with one slice an image labelled with its seed, that is not shown; its Info
     *     tells how it was made
     */
    ImagePlus textToImage(String model, TextToImageRequest request);

    /**
     * @param model the name of a model, or the path of its folder
     * @param picture what is varied: its size, prompt, seed and all else
     * @param variations how far, and towards which seeds
     * @return a new RGB image or stack that is not shown, one slice a variation; its Info tells how it was made
     */
    ImagePlus variations(String model, TextToImageRequest picture, Variations variations);

    /**
     * @param model the name of a model, or the path of its folder
     * @param settings what all frames have in common; its prompt, seed and batch size play no part
     * @param walk between which prompts and seeds, in how many frames
     * @return a new RGB stack over time that is not shown, with 0.1 s between frames; its Info tells how it was made
     */
    ImagePlus interpolate(String model, TextToImageRequest settings, Walk walk);

    /**
     * The slice that is shown, or the rectangle that is selected in it, made anew by the model that ships with the
     * plugin, with a random seed.
     *
     * @param image shown or not; it is only looked at
     * @return a new RGB image that is not shown; its Info tells how it was made
     */
    ImagePlus imageToImage(ImagePlus image, String prompt);

    /**
     * @param image shown or not; all of it is made anew, or the rectangle that is selected
     * @param request what to make
     * @param output where to
     * @return a new RGB image or stack that is not shown; or the image itself
     */
    ImagePlus imageToImage(ImagePlus image, EditRequest request, EditOutput output);

    /**
     * Makes what is selected in an image anew, in the slice that is shown, in the image's own pixels and type, by the
     * model that ships with the plugin, with a random seed. Every other pixel stays as it is, to the bit.
     *
     * @param image shown or not, with a selection that has an area
     */
    void inpaint(ImagePlus image, String prompt);

    /**
     * The same in more slices, and otherwise as asked for. When it is cancelled, slices that are done stay done.
     *
     * @param image shown or not
     * @param request what to make
     * @param mask what may change
     * @param recipe how
     */
    void inpaint(ImagePlus image, EditRequest request, MaskSource mask, InpaintRecipe recipe);

    /** Gives the memory of the model that is open back; the next job opens it again. */
    void closeModel();
}
