package sc.fiji.diffusion.engine.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sc.fiji.diffusion.engine.network.UNet2DCondition;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * What the UNet is guided by: classifier-free guidance (Ho and Salimans 2022) where there are two rows.
 *
 * @param inputs of the UNet besides latents and timestep, by name, each {@code [rows, …]}: the negative prompt's row
 *     first, then the prompt's; or the prompt's alone
 * @param scale how far to go from the one towards the other and beyond
 */
record Guidance(Map<String, Tensor> inputs, double scale) {

    Guidance {
        inputs = Map.copyOf(inputs);
    }

    /**
     * @param texts the prompt's, or the negative prompt's and the prompt's
     */
    static Guidance of(List<TextConditioning> texts, double scale) {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        inputs.put(
                UNet2DCondition.ENCODER_HIDDEN_STATES,
                Tensor.concatenated(
                        0, texts.stream().map(TextConditioning::hiddenStates).toList()));
        return new Guidance(inputs, scale);
    }

    /** With one more input, {@code [rows, …]}. */
    Guidance with(String input, Tensor value) {
        Map<String, Tensor> more = new LinkedHashMap<>(inputs);
        more.put(input, value);
        return new Guidance(more, scale);
    }

    int rows() {
        return inputs.get(UNet2DCondition.ENCODER_HIDDEN_STATES).size(0);
    }

    /** One prediction of those for all rows: {@code negative + scale · (positive - negative)}. */
    Tensor combine(Tensor predicted) {
        if (rows() == 1) {
            return predicted;
        }
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
