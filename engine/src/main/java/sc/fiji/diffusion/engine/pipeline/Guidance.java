package sc.fiji.diffusion.engine.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import sc.fiji.diffusion.engine.network.UNet2DCondition;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * What the UNet is guided by: classifier-free guidance (Ho and Salimans 2022) where there is more than one row.
 *
 * @param inputs of the UNet besides latents and timestep, by name, each {@code [rows, …]}: the negative prompt's row
 *     first, then the prompt's; or the prompt's alone; or, with an image scale, the prompt's and twice the negative
 *     prompt's, as {@link FromInstruction} shows the picture with the first two rows alone
 * @param scale how far to go from the negative prompt's prediction towards the prompt's and beyond
 * @param imageScale how far to go from the prediction without the picture towards that with it and beyond
 * @param hints what the ControlNets steer by, one for each
 */
record Guidance(Map<String, Tensor> inputs, double scale, OptionalDouble imageScale, List<ControlHint> hints) {

    Guidance {
        inputs = Map.copyOf(inputs);
        hints = List.copyOf(hints);
    }

    /**
     * @param texts the rows'
     */
    static Guidance of(List<TextConditioning> texts, double scale) {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        inputs.put(
                UNet2DCondition.ENCODER_HIDDEN_STATES,
                Tensor.concatenated(
                        0, texts.stream().map(TextConditioning::hiddenStates).toList()));
        return new Guidance(inputs, scale, OptionalDouble.empty(), List.of());
    }

    /** With one more input, {@code [rows, …]}. */
    Guidance with(String input, Tensor value) {
        Map<String, Tensor> more = new LinkedHashMap<>(inputs);
        more.put(input, value);
        return new Guidance(more, scale, imageScale, hints);
    }

    /** By the picture too, which needs three rows. */
    Guidance withImageScale(double newImageScale) {
        return new Guidance(inputs, scale, OptionalDouble.of(newImageScale), hints);
    }

    /** With ControlNets. */
    Guidance withHints(List<ControlHint> newHints) {
        return new Guidance(inputs, scale, imageScale, newHints);
    }

    /** By the prompt's row alone, of two. */
    Guidance ofPrompt() {
        Map<String, Tensor> prompts = new LinkedHashMap<>();
        inputs.forEach((name, value) -> prompts.put(name, value.entry(rows() - 1)));
        return new Guidance(prompts, scale, imageScale, hints);
    }

    int rows() {
        return inputs.get(UNet2DCondition.ENCODER_HIDDEN_STATES).size(0);
    }

    /** One prediction of those for all rows. */
    Tensor combine(Tensor predicted) {
        if (rows() == 1) {
            return predicted;
        }
        float[] rows = predicted.values();
        int length = rows.length / rows();
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = imageScale.isPresent()
                    ? combine(rows[i], rows[length + i], rows[2 * length + i], imageScale.getAsDouble())
                    : (float) (rows[i] + scale * (rows[length + i] - rows[i]));
        }
        int[] shape = predicted.shape().clone();
        shape[0] = 1;
        return new Tensor(shape, values);
    }

    /** InstructPix2Pix's two scales (Brooks et al. 2022, arXiv 2211.09800, equation 3). */
    private float combine(float textAndImage, float image, float nothing, double scaleOfImage) {
        return (float) (nothing + scale * (textAndImage - image) + scaleOfImage * (image - nothing));
    }
}
