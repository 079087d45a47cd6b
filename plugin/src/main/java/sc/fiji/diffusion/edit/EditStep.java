package sc.fiji.diffusion.edit;

import java.util.List;
import java.util.stream.Collectors;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.stack.StackPosition;

/**
 * One picture that is worked on.
 *
 * @param positions the slice; or the channels that a composite shows as one picture
 * @param mask what may change, as large as the image
 * @param seedOffset is added to the seed of the command
 */
public record EditStep(List<StackPosition> positions, Mask mask, int seedOffset) {

    public EditStep {
        positions = List.copyOf(positions);
    }

    /** The slice through which the picture is looked at. */
    int stackIndex() {
        return positions.get(0).stackIndex();
    }

    /** For people. */
    String name() {
        return positions.stream()
                .map(position -> Integer.toString(position.stackIndex()))
                .collect(Collectors.joining(", ", "slice ", ""));
    }
}
