package sc.fiji.diffusion.pixels;

import ij.CompositeImage;
import ij.ImagePlus;

/** The kinds of images that scientists hold. */
enum Kind {
    GREY_8(8, 0),
    INDEXED(8, 0),
    GREY_16(16, 0),
    FLOAT(32, 0),
    RGB(24, 0),
    COMPOSITE_8(8, CompositeImage.COMPOSITE),
    COMPOSITE_16(16, CompositeImage.COMPOSITE),
    COMPOSITE_FLOAT(32, CompositeImage.COMPOSITE),
    COLOR_MODE_16(16, CompositeImage.COLOR),
    GREYSCALE_MODE_8(8, CompositeImage.GRAYSCALE);

    private final int bits;
    private final int mode;

    Kind(int bits, int mode) {
        this.bits = bits;
        this.mode = mode;
    }

    int bits() {
        return bits;
    }

    /** One of CompositeImage's display modes; 0 for images of other classes. */
    int mode() {
        return mode;
    }

    boolean hasRange() {
        return this != RGB && this != INDEXED;
    }

    /** The channels that a view of this channel may change. */
    boolean mayChange(ImagePlus image, int viewed, int channel) {
        boolean shownTogether = mode == CompositeImage.COMPOSITE && image.getNChannels() > 1;
        return shownTogether ? ((CompositeImage) image).getActiveChannels()[channel - 1] : viewed == channel;
    }
}
