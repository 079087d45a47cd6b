package sc.fiji.diffusion.canvas;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.process.LUT;
import java.util.List;
import java.util.function.ToIntFunction;
import sc.fiji.diffusion.stack.StackPosition;

/** Shows a copy of some slices of an image as the image shows them: dimensions, mode, LUTs, display ranges, position. */
final class ShownAlike {

    private final ImagePlus image;
    private final List<StackPosition> slices;
    private final List<Integer> channels;
    private final int depths;
    private final int frames;

    private ShownAlike(ImagePlus image, List<StackPosition> slices) {
        this.image = image;
        this.slices = slices;
        channels = distinct(StackPosition::channel);
        depths = distinct(StackPosition::slice).size();
        frames = distinct(StackPosition::frame).size();
    }

    /**
     * The copy, or a composite in its place.
     *
     * @param slices which slices of the image the copy holds, in the order of the stack
     */
    static ImagePlus shown(ImagePlus copy, ImagePlus image, List<StackPosition> slices) {
        return new ShownAlike(image, slices).shown(copy);
    }

    private ImagePlus shown(ImagePlus copy) {
        // What has a gap in it is a plain stack.
        boolean whole = channels.size() * depths * frames == slices.size();
        copy.setDimensions(whole ? channels.size() : 1, whole ? depths : slices.size(), whole ? frames : 1);
        ImagePlus made = copy;
        if (image.isComposite() && whole && channels.size() > 1) {
            made = composite(copy, (CompositeImage) image);
        } else if (image.getType() != ImagePlus.COLOR_RGB) {
            // In RGB images this would change the pixels.
            LUT lut = lut();
            made.getProcessor().setColorModel(lut);
            made.setDisplayRange(lut.min, lut.max);
            if (image.getType() == ImagePlus.COLOR_256) {
                // New pixels made it a grey image with a coloured LUT.
                made.setTypeToColor256();
            }
        }
        made.setOpenAsHyperStack(image.isHyperStack());
        int shown = shownIndex();
        // Not getC and so on, which of plain stacks tell nothing.
        int[] position = made.convertIndexToPosition(shown);
        made.setPosition(position[0], position[1], position[2]);
        return made;
    }

    private CompositeImage composite(ImagePlus copy, CompositeImage original) {
        CompositeImage made = new CompositeImage(copy, original.getMode());
        if (channels.size() == original.getNChannels()) {
            made.copyLuts(original);
        } else {
            LUT[] luts = original.getLuts();
            made.setLuts(channels.stream().map(channel -> luts[channel - 1]).toArray(LUT[]::new));
        }
        return made;
    }

    private LUT lut() {
        if (image.isComposite()) {
            return ((CompositeImage) image).getLuts()[slices.get(0).channel() - 1];
        }
        LUT lut = image.getProcessor().getLut();
        lut.min = image.getDisplayRangeMin();
        lut.max = image.getDisplayRangeMax();
        return lut;
    }

    /** Of the slice that the image shows, or else the first. */
    private int shownIndex() {
        for (int index = 0; index < slices.size(); index++) {
            if (slices.get(index).stackIndex() == image.getCurrentSlice()) {
                return index + 1;
            }
        }
        return 1;
    }

    private List<Integer> distinct(ToIntFunction<StackPosition> number) {
        return slices.stream().mapToInt(number).distinct().boxed().toList();
    }
}
