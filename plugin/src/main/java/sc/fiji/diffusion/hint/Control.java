package sc.fiji.diffusion.hint;

import ij.ImagePlus;
import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.pipeline.ControlImage;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

/**
 * A ControlNet, and what it steers by.
 *
 * @param controlNet the path of its folder or file
 * @param maker of the control image
 * @param image what it is made of, the slice that is shown
 * @param followsSlices whether the control image is made of each slice that is worked on, where it can be
 * @param scale how strongly it steers, 0 to 10
 * @param start the share of the steps after which it begins
 * @param end the share of the steps after which it ends
 */
public record Control(
        String controlNet,
        HintMaker maker,
        ImagePlus image,
        boolean followsSlices,
        double scale,
        double start,
        double end) {

    /** Refuses numbers that can't be before a control image is made. */
    public Control {
        new ControlImage(new RgbImage(1, 1, new float[3]), scale, start, end);
    }

    /** What a job opens. */
    public List<String> controlNets() {
        return List.of(controlNet);
    }

    /** Steers what is made of words by the image. */
    public TextToImageRequest applied(TextToImageRequest request) {
        return with(request, maker.ofImage(image));
    }

    /** Steers what is made of a picture by the picture itself, or by the image brought to its size. */
    public TextToImageRequest applied(TextToImageRequest request, RgbImage seen, Region region) {
        boolean ofPicture = followsSlices && maker.hint().isOfPicture();
        RgbImage hint = ofPicture ? maker.ofPicture(seen) : maker.ofImage(image);
        return with(
                request, Resampling.resized(hint, seen.width(), seen.height()).crop(region));
    }

    private TextToImageRequest with(TextToImageRequest request, RgbImage hint) {
        return request.withControlImages(List.of(new ControlImage(hint, scale, start, end, Optional.of(maker.text()))));
    }
}
