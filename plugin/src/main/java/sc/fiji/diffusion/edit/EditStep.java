package sc.fiji.diffusion.edit;

import ij.ImagePlus;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.pixels.ModelView;
import sc.fiji.diffusion.pixels.ValueRange;
import sc.fiji.diffusion.stack.StackPosition;

/**
 * One picture that is worked on.
 *
 * @param positions the slice; or the channels that a composite shows as one picture
 * @param maskSource makes the mask when the step's turn comes: all masks at once would take more than the stack
 * @param seedOffset is added to the seed of the command
 */
public record EditStep(List<StackPosition> positions, Supplier<Mask> maskSource, int seedOffset) {

    public EditStep {
        positions = List.copyOf(positions);
    }

    /** What may change, as large as the image. */
    Mask mask() {
        return maskSource.get();
    }

    /**
     * The picture in the image.
     *
     * @throws RequestException if the image shows other channels together by now than when the step was planned
     */
    ModelView view(ImagePlus image, ValueRange range) {
        List<Integer> planned = positions.stream().map(StackPosition::channel).toList();
        List<Integer> shown =
                EditPlan.showsChannelsTogether(image) ? EditPlan.activeChannels(image) : planned.subList(0, 1);
        if (!shown.equals(planned)) {
            throw new RequestException("channels: expected " + image.getTitle() + " to show " + planned
                    + " together, as when the job was started, found " + shown + "; run the command again");
        }
        return ModelView.of(image, stackIndex(), range);
    }

    /** The slice through which the picture is looked at. */
    int stackIndex() {
        return positions.get(0).stackIndex();
    }

    /** The slices that make up the picture. */
    List<Integer> stackIndexes() {
        return positions.stream().map(StackPosition::stackIndex).toList();
    }

    /** For people. */
    String name() {
        return positions.stream()
                .map(position -> Integer.toString(position.stackIndex()))
                .collect(Collectors.joining(", ", "slice ", ""));
    }
}
