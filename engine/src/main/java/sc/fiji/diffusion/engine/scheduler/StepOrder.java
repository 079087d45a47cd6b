package sc.fiji.diffusion.engine.scheduler;

import java.util.Objects;

/** Watches that the steps of a run are taken one by one; the first may be any at which a step begins. */
final class StepOrder {

    private static final int NOT_BEGUN = -1;

    private final int count;
    private final int callsPerStep;
    private int next = NOT_BEGUN;
    private int taken;

    /**
     * @param count how many timesteps there are
     * @param callsPerStep how many timesteps a step takes
     */
    StepOrder(int count, int callsPerStep) {
        this.count = count;
        this.callsPerStep = callsPerStep;
    }

    /** To be called at the beginning of each step. */
    void take(int index) {
        Objects.checkIndex(index, count);
        if (next == NOT_BEGUN && index % callsPerStep != 0) {
            throw new IllegalStateException("expected the timestep at which a step begins, found " + index
                    + ", in the middle of one: this scheduler calls the model " + callsPerStep + " times a step");
        }
        if (next != NOT_BEGUN && index != next) {
            throw new IllegalStateException("expected step " + next + ", found step " + index
                    + ": a scheduler takes its steps one by one and is used for one run");
        }
        next = index + 1;
        taken++;
    }

    /** Timesteps taken in this run, the one under way included. */
    int taken() {
        return taken;
    }
}
