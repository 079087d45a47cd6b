package sc.fiji.diffusion.selection;

import java.util.List;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.stack.StackPlane;
import sc.fiji.diffusion.stack.StackPosition;

/** What may change, and in which slices. */
public final class PlacedMask {

    private final CompactMask compact;
    private final MaskPosition position;
    private final String name;

    private PlacedMask(CompactMask compact, MaskPosition position, String name) {
        this.compact = compact;
        this.position = position;
        this.name = name;
    }

    /**
     * @param mask as large as the image, with a value above 0; values in whole 255ths
     * @param position the slices it holds in
     * @param name as messages and titles may call it
     */
    public PlacedMask(Mask mask, MaskPosition position, String name) {
        this(
                CompactMask.of(mask)
                        .orElseThrow(
                                () -> new IllegalArgumentException(name + ": expected a value above 0, found none")),
                position,
                name);
    }

    /** As large as the image; made anew with every call. */
    public Mask mask() {
        return compact.mask();
    }

    /** The slices it holds in. */
    public MaskPosition position() {
        return position;
    }

    /** As messages and titles may call it. */
    public String name() {
        return name;
    }

    /** Those that hold in a slice. */
    public static List<PlacedMask> covering(List<PlacedMask> masks, StackPosition position) {
        return masks.stream().filter(mask -> mask.position.covers(position)).toList();
    }

    /** The same for the channels of a composite together. */
    public static List<PlacedMask> covering(List<PlacedMask> masks, StackPlane plane) {
        return masks.stream().filter(mask -> mask.position.covers(plane)).toList();
    }

    /** All that may change, the largest value of each pixel; at least one mask, all of the same size. */
    public static Mask union(List<PlacedMask> masks) {
        Mask union = masks.get(0).mask();
        masks.subList(1, masks.size()).forEach(mask -> mask.compact.addTo(union));
        return union;
    }
}
