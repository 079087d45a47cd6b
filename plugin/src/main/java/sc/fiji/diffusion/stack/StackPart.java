package sc.fiji.diffusion.stack;

import ij.ImagePlus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Which slices of an image a command works on. Holds for any image; its numbers are checked against one in use. */
public sealed interface StackPart {

    /**
     * Reads what people and macros write of each axis: {@code current}, {@code all}, or numbers such as {@code 2-5,7}.
     * In an image that is no hyperstack, channels and frames play no part.
     */
    static StackPart of(ImagePlus image, String slices, String channels, String frames) {
        return image.isHyperStack()
                ? new Hyperstack(AxisPart.of(channels), AxisPart.of(slices), AxisPart.of(frames))
                : new Slices(AxisPart.of(slices));
    }

    /** The slices in the order of the stack, each once. */
    List<StackPosition> positions(ImagePlus image);

    /** The same for composites: the depths and times in the order of the stack, each once, with their channels. */
    List<StackPlane> planes(ImagePlus image);

    /**
     * By the index in the stack, whatever its dimensions. Says nothing of channels, so that planes have all of theirs.
     *
     * @param slices which indices
     */
    record Slices(AxisPart slices) implements StackPart {

        @Override
        public List<StackPosition> positions(ImagePlus image) {
            return slices.numbers("slices", image.getCurrentSlice(), image.getStackSize()).stream()
                    .map(index -> StackPosition.of(image, index))
                    .toList();
        }

        @Override
        public List<StackPlane> planes(ImagePlus image) {
            List<Integer> channels =
                    IntStream.rangeClosed(1, image.getNChannels()).boxed().toList();
            return positions(image).stream()
                    .map(position -> plane(image, channels, position.slice(), position.frame()))
                    .distinct()
                    .toList();
        }
    }

    /**
     * By the axes of a hyperstack: every combination.
     *
     * @param channels which of them
     * @param slices in depth
     * @param frames in time
     */
    record Hyperstack(AxisPart channels, AxisPart slices, AxisPart frames) implements StackPart {

        @Override
        public List<StackPosition> positions(ImagePlus image) {
            return planes(image).stream()
                    .flatMap(plane -> plane.channels().stream())
                    .toList();
        }

        @Override
        public List<StackPlane> planes(ImagePlus image) {
            List<Integer> chosen = channels.numbers("channels", image.getC(), image.getNChannels());
            List<Integer> depths = slices.numbers("slices", image.getZ(), image.getNSlices());
            List<StackPlane> planes = new ArrayList<>();
            for (int frame : frames.numbers("frames", image.getT(), image.getNFrames())) {
                depths.forEach(slice -> planes.add(plane(image, chosen, slice, frame)));
            }
            return List.copyOf(planes);
        }
    }

    private static StackPlane plane(ImagePlus image, List<Integer> channels, int slice, int frame) {
        return new StackPlane(
                slice,
                frame,
                channels.stream()
                        .map(channel -> StackPosition.of(image, channel, slice, frame))
                        .toList());
    }
}
