package sc.fiji.diffusion.engine.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import sc.fiji.diffusion.engine.RequestException;

/**
 * A scheduler that reckons in the logarithm of the signal to noise ratio, and remembers what the model said at the last
 * few steps: the DPM-Solver family, DEIS and UniPC.
 */
abstract class LogSnrScheduler extends StepwiseScheduler {

    private final NoiseProcess process;
    /** One a step, and the one that the last step leads to. */
    private final double[] sigmas;

    private final int count;
    private final int mostOutputs;
    /** What the model's answers stand for, newest first. */
    private final List<float[]> outputs = new ArrayList<>();

    /** @param mostOutputs how many answers a step is made of, at most */
    LogSnrScheduler(SigmaSchedule schedule, NoiseProcess process, int mostOutputs) {
        super(Timesteps.floats(schedule.timesteps()));
        this.process = process;
        this.sigmas = schedule.sigmas();
        this.count = schedule.timesteps().length;
        this.mostOutputs = mostOutputs;
        requireFalling();
    }

    /** A step between equal noise levels would divide by zero; after the last one, nothing divides by it. */
    private void requireFalling() {
        for (int i = 0; i < count - 1; i++) {
            if (sigmas[i + 1] >= sigmas[i]) {
                throw new RequestException("steps: expected fewer, so that each step of this scheduler has another"
                        + " noise level, found " + count);
            }
        }
    }

    final double alpha(int index) {
        return process.alpha(sigmas[index]);
    }

    final double noise(int index) {
        return process.noise(sigmas[index]);
    }

    final double logSnr(int index) {
        return process.logSnr(sigmas[index]);
    }

    final double sigma(int index) {
        return sigmas[index];
    }

    /** Newest first. */
    final List<float[]> outputs() {
        return outputs;
    }

    final void remember(float[] output) {
        if (outputs.size() == mostOutputs) {
            outputs.remove(mostOutputs - 1);
        }
        outputs.add(0, output);
    }

    @Override
    public float[] addNoise(float[] original, float[] noise, int index) {
        return process.addNoise(original, noise, sigmas[Objects.checkIndex(index, count)]);
    }
}
