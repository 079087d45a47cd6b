package sc.fiji.diffusion.engine.pipeline;

import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * What the UNet is guided by.
 *
 * @param hiddenStates {@code [2, tokens, size]}, the negative prompt's first; or {@code [1, tokens, size]}, the
 *     prompt's alone
 * @param scale how far to go from the one towards the other and beyond
 */
record Guidance(Tensor hiddenStates, double scale) {

    static Guidance of(Tensor prompt) {
        return new Guidance(prompt, 1);
    }

    static Guidance of(Tensor negativePrompt, Tensor prompt, double scale) {
        int length = prompt.values().length;
        float[] values = new float[2 * length];
        System.arraycopy(negativePrompt.values(), 0, values, 0, length);
        System.arraycopy(prompt.values(), 0, values, length, length);
        return new Guidance(Tensor.of(values, 2, prompt.size(1), prompt.size(2)), scale);
    }

    boolean isTwofold() {
        return hiddenStates.size(0) == 2;
    }

    /** {@code negative + scale · (positive - negative)} of a prediction {@code [2, …]}. */
    Tensor combine(Tensor predicted) {
        int length = predicted.values().length / 2;
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            float negative = predicted.values()[i];
            values[i] = (float) (negative + scale * (predicted.values()[length + i] - negative));
        }
        int[] shape = predicted.shape().clone();
        shape[0] = 1;
        return new Tensor(shape, values);
    }
}
