package sc.fiji.diffusion.edit;

import ij.CompositeImage;
import ij.ImagePlus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.PartProgress;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.selection.MaskSource;
import sc.fiji.diffusion.selection.PlacedMask;
import sc.fiji.diffusion.stack.StackPart;
import sc.fiji.diffusion.stack.StackPlane;
import sc.fiji.diffusion.stack.StackPosition;

/**
 * Which pictures of an image are worked on, in which order.
 *
 * @param steps at least one
 */
public record EditPlan(List<EditStep> steps) {

    public EditPlan {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new RequestException(
                    "slices: expected one that the mask lies on, found none; choose other slices, or place the ROIs on all");
        }
    }

    /**
     * @param source where the masks come from
     * @param part which slices
     * @param vary whether every picture has a seed of its own; otherwise all slices begin with the same noise, so that
     *     neighbours look alike
     * @throws RequestException if there is no mask, or none that lies on the slices
     */
    public static EditPlan of(ImagePlus image, MaskSource source, StackPart part, boolean vary) {
        List<PlacedMask> masks = source.masks(image);
        boolean oneByOne = source instanceof MaskSource.RoiManagerEach;
        int perPicture = oneByOne ? masks.size() : 1;
        List<List<StackPosition>> pictures = pictures(image, part);
        List<EditStep> steps = new ArrayList<>();
        for (int picture = 0; picture < pictures.size(); picture++) {
            List<StackPosition> positions = pictures.get(picture);
            for (int index = 0; index < perPicture; index++) {
                int seedOffset = (vary ? picture * perPicture : 0) + index;
                List<PlacedMask> there =
                        PlacedMask.covering(oneByOne ? masks.subList(index, index + 1) : masks, plane(positions));
                if (!there.isEmpty()) {
                    steps.add(new EditStep(positions, () -> PlacedMask.union(there), seedOffset));
                }
            }
        }
        return new EditPlan(steps);
    }

    /** Every slice wholly, or as far as a rectangle reaches. */
    public static EditPlan whole(ImagePlus image, Mask mask, StackPart part, boolean vary) {
        List<List<StackPosition>> pictures = pictures(image, part);
        return new EditPlan(IntStream.range(0, pictures.size())
                .mapToObj(index -> new EditStep(pictures.get(index), () -> mask, vary ? index : 0))
                .toList());
    }

    /** What is done for a step. */
    @FunctionalInterface
    interface Work {
        void accept(EditStep step, Progress progress);
    }

    /**
     * Does the work for one step after the other.
     *
     * @return the number of steps
     * @throws CancelledException when {@code progress} says so, with the number of those that are done
     */
    int run(Progress progress, Work work) {
        for (int done = 0; done < steps.size(); done++) {
            try {
                Progress ofStep = new PartProgress(progress, done, steps.size());
                ofStep.checkCancelled();
                work.accept(steps.get(done), ofStep);
            } catch (CancelledException e) {
                throw new CancelledException(done + " of " + steps.size() + " done");
            }
        }
        return steps.size();
    }

    /** The indices of all slices that may be changed. */
    List<Integer> stackIndexes() {
        return steps.stream()
                .flatMap(step -> step.positions().stream())
                .map(StackPosition::stackIndex)
                .distinct()
                .toList();
    }

    private static StackPlane plane(List<StackPosition> positions) {
        return new StackPlane(positions.get(0).slice(), positions.get(0).frame(), positions);
    }

    /** True of a composite that is shown as the sum of its channels. */
    static boolean showsChannelsTogether(ImagePlus image) {
        return image instanceof CompositeImage composite && composite.getMode() == CompositeImage.COMPOSITE;
    }

    /** Those that a composite shows. */
    static List<Integer> activeChannels(ImagePlus image) {
        boolean[] active = ((CompositeImage) image).getActiveChannels();
        return IntStream.rangeClosed(1, image.getNChannels())
                .filter(channel -> active[channel - 1])
                .boxed()
                .toList();
    }

    /** A composite that shows its channels together is worked on so: as people see it. */
    private static List<List<StackPosition>> pictures(ImagePlus image, StackPart part) {
        if (!showsChannelsTogether(image)) {
            return part.positions(image).stream().map(List::of).toList();
        }
        List<Integer> active = activeChannels(image);
        return part.planes(image).stream()
                .map(plane -> active.stream()
                        .map(channel ->
                                StackPosition.of(image, image.getStackIndex(channel, plane.slice(), plane.frame())))
                        .toList())
                .filter(positions -> !positions.isEmpty())
                .toList();
    }
}
