package sc.fiji.diffusion.engine.pipeline;

import java.math.BigInteger;
import java.util.Collections;
import java.util.Optional;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * What the UNet reads of one text.
 *
 * @param hiddenStates {@code [1, tokens, size]}; of two text encoders, the sizes side by side
 * @param pooled the text summed up, {@code [1, size]}, where a text encoder has a projection
 */
record TextConditioning(Tensor hiddenStates, Optional<Tensor> pooled) {

    /** What stands for no text in models that learnt so. */
    TextConditioning zeros() {
        return new TextConditioning(zeros(hiddenStates), pooled.map(TextConditioning::zeros));
    }

    private static Tensor zeros(Tensor like) {
        return new Tensor(like.shape(), new float[like.values().length]);
    }

    /**
     * A text in between, on the straight line: as most walks between prompts do it, diffusers' and CompVis' examples
     * among them that mix embeddings. Hidden states end in a layer norm, so that all of them are about as long, and those
     * of one model's texts, with their common beginning, lie so close that the arc between them is the line.
     *
     * <p>The chunks of the shorter text are repeated until both are of one length. That changes nothing of what it says:
     * attention weighs each of two like tokens half as much, so that a walk has no jump where it leaves a short prompt
     * for a long one.
     *
     * @param position 0 to 1, from this one to the other
     */
    TextConditioning mixed(TextConditioning other, double position) {
        int tokens = lengthOfBoth(hiddenStates.size(1), other.hiddenStates.size(1));
        Tensor states = mixed(repeated(hiddenStates, tokens), repeated(other.hiddenStates, tokens), position);
        return new TextConditioning(
                states, pooled.flatMap(mine -> other.pooled.map(others -> mixed(mine, others, position))));
    }

    /** The least common multiple: what both fill when they are repeated. */
    private static int lengthOfBoth(int first, int second) {
        return Math.toIntExact((long) first
                / BigInteger.valueOf(first).gcd(BigInteger.valueOf(second)).intValue()
                * second);
    }

    private static Tensor repeated(Tensor states, int tokens) {
        int times = tokens / states.size(1);
        return times == 1 ? states : Tensor.concatenated(1, Collections.nCopies(times, states));
    }

    private static Tensor mixed(Tensor from, Tensor to, double position) {
        float[] values = new float[from.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((1 - position) * from.values()[i] + position * to.values()[i]);
        }
        return new Tensor(from.shape(), values);
    }
}
