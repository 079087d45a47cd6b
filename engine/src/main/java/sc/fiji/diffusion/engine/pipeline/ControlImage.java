package sc.fiji.diffusion.engine.pipeline;

import java.util.Optional;
import java.util.function.UnaryOperator;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.RgbImage;

/**
 * A picture for a ControlNet to steer by: edges, a depth map, a pose, whatever it was trained on. Immutable and checked
 * when made.
 *
 * @param image of any size; it is brought to the size of the picture that is made
 * @param scale how strongly it steers, 0 to 10; at 1 as trained, at 0 not at all
 * @param start the share of the steps after which it begins to steer, 0 to 1
 * @param end the share of the steps after which it steers no more, {@code start} to 1
 * @param hint how the picture was made, such as {@code depth}, for the provenance; empty if that is not known
 */
public record ControlImage(RgbImage image, double scale, double start, double end, Optional<String> hint) {

    private static final double LARGEST_SCALE = 10;

    public ControlImage {
        if (!(scale >= 0 && scale <= LARGEST_SCALE)) {
            throw new RequestException("control scale: expected 0 to " + LARGEST_SCALE + ", found " + scale);
        }
        if (!(start >= 0 && start <= 1)) {
            throw new RequestException("control start: expected 0 to 1, found " + start);
        }
        if (!(end >= start && end <= 1)) {
            throw new RequestException("control end: expected " + start + " (its start) to 1, found " + end);
        }
    }

    /** Of a picture of which nothing more is known. */
    public ControlImage(RgbImage image, double scale, double start, double end) {
        this(image, scale, start, end, Optional.empty());
    }

    /** Steers in all steps, as strongly as trained. */
    public static ControlImage of(RgbImage image) {
        return new ControlImage(image, 1, 0, 1);
    }

    /** The same with another picture made of this one. */
    public ControlImage with(UnaryOperator<RgbImage> change) {
        return new ControlImage(change.apply(image), scale, start, end, hint);
    }

    /**
     * How strongly it steers at a timestep: diffusers' {@code controlnet_keep} times the scale.
     *
     * @param index of the timestep among those that are run
     * @param count of the timesteps that are run
     */
    double weight(int index, int count) {
        boolean keeps = (double) index / count >= start && (double) (index + 1) / count <= end;
        return keeps ? scale : 0;
    }
}
