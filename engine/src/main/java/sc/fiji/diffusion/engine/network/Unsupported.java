package sc.fiji.diffusion.engine.network;

import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.Weights;

/** Words for what a checkpoint asks and no network here can do. */
final class Unsupported {

    private Unsupported() {}

    static CheckpointException because(Weights weights, String part, String expected, Object found) {
        return new CheckpointException(weights + ": " + part + ": expected " + expected + ", found " + found);
    }
}
