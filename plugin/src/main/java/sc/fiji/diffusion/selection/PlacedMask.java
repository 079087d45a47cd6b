package sc.fiji.diffusion.selection;

import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.stack.StackPlane;
import sc.fiji.diffusion.stack.StackPosition;

/**
 * What may change, and in which slices.
 *
 * @param mask as large as the image
 * @param position the slices it holds in
 * @param name as messages and titles may call it
 */
public record PlacedMask(Mask mask, MaskPosition position, String name) {

    /** All that may change in a slice, the largest value of each pixel; empty if no mask holds there. */
    public static Optional<Mask> union(List<PlacedMask> masks, StackPosition position) {
        return union(
                masks.stream().filter(mask -> mask.position.covers(position)).toList());
    }

    /** The same for the channels of a composite together. */
    public static Optional<Mask> union(List<PlacedMask> masks, StackPlane plane) {
        return union(masks.stream().filter(mask -> mask.position.covers(plane)).toList());
    }

    private static Optional<Mask> union(List<PlacedMask> masks) {
        return masks.stream().map(PlacedMask::mask).reduce(PlacedMask::larger);
    }

    static Mask larger(Mask first, Mask second) {
        float[] values = first.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(values[i], second.values()[i]);
        }
        return new Mask(first.width(), first.height(), values);
    }
}
