package sc.fiji.diffusion.engine.pipeline;

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
}
