package sc.fiji.diffusion.stack;

import java.util.List;

/**
 * The channels at one depth and time, which a composite shows as one picture.
 *
 * @param slice in depth, z, from 1
 * @param frame in time, from 1
 * @param channels at least one, in ascending order
 */
public record StackPlane(int slice, int frame, List<StackPosition> channels) {

    public StackPlane {
        channels = List.copyOf(channels);
    }
}
