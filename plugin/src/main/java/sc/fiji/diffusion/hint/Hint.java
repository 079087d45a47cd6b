package sc.fiji.diffusion.hint;

import java.util.Optional;
import java.util.stream.Stream;

/** How a control image is made of an open image, and which ControlNets it is for. */
public enum Hint {
    /** What the image shows: for pictures that are control images already, and for tile ControlNets. */
    AS_IS("asis", "As it is"),
    /** White edges on black: canny, and soft-edge ControlNets. */
    EDGES("edges", "Edges"),
    /** Grey, bright is near: depth. */
    DEPTH("depth", "Depth or height, bright is near"),
    /** Grey, dark is near: depth. */
    INVERTED_DEPTH("inverteddepth", "Depth or height, dark is near"),
    /** White lines on black: scribble, and line-art ControlNets. */
    SCRIBBLE("scribble", "Lines"),
    /** Each label number in a colour of its own: segmentation. */
    LABELS("labels", "Label numbers in colours"),
    /** Each ROI of the ROI Manager filled with a colour: segmentation. */
    ROIS("rois", "ROI Manager, filled with colours"),
    /** White outlines of the ROIs on black: scribble, and line-art ControlNets. */
    OUTLINES("outlines", "ROI Manager, outlines");

    private final String key;
    private final String label;

    Hint(String key, String label) {
        this.key = key;
        this.label = label;
    }

    /** The one with this key; empty if there is none. */
    public static Optional<Hint> of(String key) {
        return Stream.of(values()).filter(hint -> hint.key.equals(key)).findFirst();
    }

    /** In macros. */
    public String key() {
        return key;
    }

    /** In dialogs. */
    public String label() {
        return label;
    }

    /** Whether it is made of what the image shows, rather than of its numbers or of ROIs. */
    public boolean isOfPicture() {
        return compareTo(LABELS) < 0;
    }

    /** Whether it is made of a slice, of what it shows or of its numbers, rather than of ROIs. */
    public boolean isOfPixels() {
        return compareTo(ROIS) < 0;
    }
}
