package sc.fiji.diffusion.engine.scheduler;

import java.util.Objects;

/** Watches that the steps of a run are taken one by one; the first may be any. */
final class StepOrder {

    private static final int NOT_BEGUN = -1;

    private final int count;
    private int next = NOT_BEGUN;
    private int taken;

    StepOrder(int count) {
        this.count = count;
    }

    /** To be called at the beginning of each step. */
    void take(int index) {
        Objects.checkIndex(index, count);
        if (next != NOT_BEGUN && index != next) {
            throw new IllegalStateException("expected step " + next + ", found step " + index
                    + ": a scheduler takes its steps one by one and is used for one run");
        }
        next = index + 1;
        taken++;
    }

    /** Steps taken in this run, the one under way included. */
    int taken() {
        return taken;
    }
}
