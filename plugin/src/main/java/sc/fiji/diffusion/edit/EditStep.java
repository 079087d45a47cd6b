package sc.fiji.diffusion.edit;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import sc.fiji.diffusion.engine.image.Mask;
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
