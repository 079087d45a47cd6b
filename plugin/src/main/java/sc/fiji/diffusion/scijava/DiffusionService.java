package sc.fiji.diffusion.scijava;

import ij.ImagePlus;
import org.scijava.service.SciJavaService;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

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

    /** Gives the memory of the model that is open back; the next job opens it again. */
    void closeModel();
}
