package sc.fiji.diffusion.engine.bench;

import sc.fiji.diffusion.engine.Progress;

/**
 * The time between two reports of progress.
 *
 * @param begin what was reported before
 * @param end what was reported after
 * @param nanoseconds of wall time
 * @param runNanoseconds of them inside ONNX Runtime's {@code run}
 * @param processorNanoseconds of all threads together
 * @param peakMemory of the process up to its end, in bytes
 */
record Section(
        Point begin, Point end, long nanoseconds, long runNanoseconds, long processorNanoseconds, long peakMemory) {

    /**
     * One report.
     *
     * @param stage what is being done
     * @param done how many units of it are finished
     */
    record Point(Progress.Stage stage, int done) {}

    /** Whether all of it was spent on the stage. */
    boolean isOf(Progress.Stage stage) {
        return begin.stage() == stage && end.stage() == stage;
    }

    double seconds() {
        return nanoseconds / 1e9;
    }

    double processorSeconds() {
        return processorNanoseconds / 1e9;
    }
}
