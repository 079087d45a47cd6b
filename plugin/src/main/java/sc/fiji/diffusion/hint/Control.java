package sc.fiji.diffusion.hint;

import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.pipeline.ControlImage;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.stack.StackPosition;

/**
 * A ControlNet, and what it steers by.
 *
 * @param controlNet the path of its folder or file
 * @param maker of the control image
 * @param source what it is made of
 * @param scale how strongly it steers, 0 to 10
 * @param start the share of the steps after which it begins
 * @param end the share of the steps after which it ends
 */
public record Control(
        String controlNet, HintMaker maker, ControlSource source, double scale, double start, double end) {

    /** Refuses numbers that can't be before a control image is made. */
    public Control {
        new ControlImage(new RgbImage(1, 1, new float[3]), scale, start, end);
    }

    /** What a job opens. */
    public List<String> controlNets() {
        return List.of(controlNet);
    }

    /**
     * As all is now: images, the slices that they show and ROIs may be others by the time that a job's turn comes. Only what
     * is made of each slice that is worked on is made in its turn.
     */
    public Control ready() {
        return isOfEachSlice()
                ? this
                : new Control(controlNet, maker, new ControlSource.Ready(picture()), scale, start, end);
    }

    /** ROIs are those on the slice that is shown. */
    private boolean isOfEachSlice() {
        return source instanceof ControlSource.EachSlice && maker.hint().isOfPixels();
    }

    /** Of no slice in particular. */
    private RgbImage picture() {
        if (source instanceof ControlSource.ShownSlice shown) {
            return maker.ofImage(shown.image());
        }
        return source instanceof ControlSource.EachSlice each
                ? maker.ofImage(each.image())
                : ((ControlSource.Ready) source).picture();
    }

    /** Steers what is made of words by the image. */
    public TextToImageRequest applied(TextToImageRequest request) {
        return with(request, picture());
    }

    /**
     * Steers what is made of a picture by the picture itself, or by the image brought to its size.
     *
     * @param seen what the slice shows
     * @param positions of the slice, or of the channels that it is made up of
     * @param region of what is seen that is made anew
     */
    public TextToImageRequest applied(
            TextToImageRequest request, RgbImage seen, List<StackPosition> positions, Region region) {
        RgbImage hint = isOfEachSlice() ? ofSlice((ControlSource.EachSlice) source, seen, positions) : picture();
        return with(
                request, Resampling.resized(hint, seen.width(), seen.height()).crop(region));
    }

    private RgbImage ofSlice(ControlSource.EachSlice each, RgbImage seen, List<StackPosition> positions) {
        if (maker.hint().isOfPicture()) {
            return maker.ofPicture(seen);
        }
        StackPosition labels = positions.stream()
                .filter(position -> position.channel() == each.channel())
                .findFirst()
                .orElse(positions.get(0));
        return maker.ofSlice(each.image(), labels.stackIndex());
    }

    private TextToImageRequest with(TextToImageRequest request, RgbImage hint) {
        return request.withControlImages(List.of(new ControlImage(hint, scale, start, end, Optional.of(maker.text()))));
    }
}
