package sc.fiji.diffusion.result;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.ColorProcessor;
import java.util.List;
import sc.fiji.diffusion.altered.AlteredPixels;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.pipeline.GeneratedImage;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.provenance.History;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.provenance.Task;
import sc.fiji.diffusion.provenance.ImageProvenance;
import sc.fiji.diffusion.provenance.SliceHash;

/** Makes images from what a job made. */
public final class ResultStack {

    /** ImageJ shows and saves this property with an image. */
    static final String INFO = "Info";

    /** Seconds between two frames where the user says nothing. */
    public static final double USUAL_INTERVAL = 0.1;

    /** Where ImageJ keeps the label of an image that is no stack. */
    private static final String SINGLE_LABEL = "Slice_Label";

    private ResultStack() {}

    /**
     * A new RGB image, or a stack with one slice an image, that is not shown yet.
     *
     * @param result at least one image
     */
    public static ImagePlus newImage(GenerationResult result) {
        GeneratedImage first = result.images().get(0);
        ImageStack stack = new ImageStack(first.image().width(), first.image().height());
        addSlices(stack, result);
        ImagePlus image = new ImagePlus(Title.unique(result.provenance().prompt()), stack);
        if (stack.size() == 1) {
            image.setProp(SINGLE_LABEL, label(result, 0));
        }
        image.setProperty(INFO, result.provenance().text());
        keepGenerated(image, AlteredPixels.none(image), 1);
        keepProvenance(image, ImageProvenance.none(image), result);
        return image;
    }

    /**
     * The same with one frame an image.
     *
     * @param interval between two frames, in seconds
     */
    public static ImagePlus newFrames(GenerationResult result, double interval) {
        ImagePlus image = newImage(result);
        image.setDimensions(1, 1, image.getStackSize());
        Calibration calibration = image.getCalibration();
        calibration.frameInterval = interval;
        calibration.fps = 1 / interval;
        calibration.setTimeUnit("sec");
        return image;
    }

    static void addSlices(ImageStack stack, GenerationResult result) {
        for (int i = 0; i < result.images().size(); i++) {
            GeneratedImage generated = result.images().get(i);
            int width = generated.image().width();
            int height = generated.image().height();
            stack.addSlice(
                    label(result, i),
                    new ColorProcessor(width, height, generated.image().packed()));
        }
    }

    /** All of the slices from one on were generated; adds to what is known of those before. */
    static void keepGenerated(ImagePlus image, AlteredPixels altered, int fromIndex) {
        Mask everything = Mask.everything(image.getWidth(), image.getHeight());
        for (int index = fromIndex; index <= image.getStackSize(); index++) {
            altered.add(index, everything);
        }
        altered.keepIn(image);
    }

    /** Of the last slices, which are the result's; adds to what is known of those before. */
    static void keepProvenance(ImagePlus image, ImageProvenance provenance, GenerationResult result) {
        int count = result.images().size();
        for (int i = 0; i < count; i++) {
            int index = image.getStackSize() - count + 1 + i;
            String sha256 = SliceHash.of(image, index);
            Provenance made = result.provenance().ofImage(i).withResult(List.of(sha256));
            provenance.put(index, sha256, History.NONE.and(made));
        }
        provenance.keep();
    }

    private static String label(GenerationResult result, int index) {
        return result.provenance().task() instanceof Task.Blend blend
                ? blend.images().get(index).label()
                : "seed " + result.images().get(index).seed();
    }
}
