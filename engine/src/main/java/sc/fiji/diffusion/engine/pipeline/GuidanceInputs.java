package sc.fiji.diffusion.engine.pipeline;

import java.util.List;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.network.UNet2DCondition;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * What a UNet is told besides latents, timestep and hidden states, as its configuration says.
 *
 * @param takesTextAndSize whether it is told of the text summed up and of the picture's size (Stable Diffusion XL)
 * @param guidanceSize length of the embedded guidance scale; 0 if it takes none, and two predictions a step are needed
 */
record GuidanceInputs(boolean takesTextAndSize, int guidanceSize) {

    private static final double LONGEST_PERIOD = 10000;
    private static final double GUIDANCE_FACTOR = 1000;

    static GuidanceInputs of(Checkpoint checkpoint) {
        GuidanceInputs inputs = new GuidanceInputs(
                UNet2DCondition.takesTextAndSize(checkpoint.unet()), UNet2DCondition.guidanceSize(checkpoint.unet()));
        if (inputs.takesTextAndSize && checkpoint.secondTextEncoder().isEmpty()) {
            throw new CheckpointException(checkpoint.name() + ": expected a second text encoder, as its UNet is told of"
                    + " the text summed up, found none");
        }
        return inputs;
    }

    /** True if the network has learnt to follow a guidance scale with one prediction a step (LCM). */
    boolean embedsScale() {
        return guidanceSize > 0;
    }

    /**
     * @param texts the prompt's, or the negative prompt's and the prompt's
     * @param width of the picture in pixels
     * @param height of the picture in pixels
     */
    Guidance guidance(List<TextConditioning> texts, double scale, int width, int height) {
        Guidance guidance = Guidance.of(texts, scale);
        if (takesTextAndSize) {
            List<Tensor> pooled = texts.stream()
                    .map(text -> text.pooled()
                            .orElseThrow(() -> new CheckpointException(
                                    "text_encoder_2: expected a text projection, as the UNet needs it, found none")))
                    .toList();
            Tensor size = Tensor.of(new float[] {height, width, 0, 0, height, width}, 1, 6);
            guidance = guidance.with(UNet2DCondition.TEXT_EMBEDS, Tensor.concatenated(0, pooled))
                    .with(UNet2DCondition.TIME_IDS, size.repeated(texts.size()));
        }
        return embedsScale() ? guidance.with(UNet2DCondition.TIMESTEP_COND, embedded(scale - 1)) : guidance;
    }

    /** diffusers' {@code get_guidance_scale_embedding}, after Ho et al.'s variational diffusion models. */
    private Tensor embedded(double scale) {
        int half = guidanceSize / 2;
        float[] values = new float[guidanceSize];
        for (int i = 0; i < half; i++) {
            double angle = scale * GUIDANCE_FACTOR * Math.exp(-Math.log(LONGEST_PERIOD) * i / (half - 1));
            values[i] = (float) Math.sin(angle);
            values[half + i] = (float) Math.cos(angle);
        }
        return Tensor.of(values, 1, guidanceSize);
    }
}
