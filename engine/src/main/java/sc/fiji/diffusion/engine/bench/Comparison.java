package sc.fiji.diffusion.engine.bench;

import java.util.Optional;
import sc.fiji.diffusion.engine.pipeline.Execution;

/**
 * How much of another way's time one way takes; below 1 it is faster. Steps are compared that were taken one right after
 * the other.
 *
 * @param execution the way that is compared
 * @param other what it is compared with
 * @param steadyStep of all steps but the first; none if there is only one
 * @param firstStep of the first
 * @param decoding of the medians
 */
public record Comparison(
        Execution execution, Execution other, Optional<Spread> steadyStep, double firstStep, double decoding) {

    static Comparison of(LaneReport lane, LaneReport other) {
        return new Comparison(
                lane.execution(),
                other.execution(),
                Spread.ofRatios(lane.steadySteps(), other.steadySteps()),
                lane.firstStep() / other.firstStep(),
                lane.decoding().median() / other.decoding().median());
    }
}
