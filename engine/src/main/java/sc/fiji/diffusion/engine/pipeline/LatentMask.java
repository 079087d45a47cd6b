package sc.fiji.diffusion.engine.pipeline;

import java.util.Arrays;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.MaskShape;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * A mask in the resolution of the latents.
 *
 * @param width of the latents
 * @param height of the latents
 * @param values row by row, from 0 (kept) to 1 (free from the first step on)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LatentMask(int width, int height, float[] values) {

    private static final float THRESHOLD = 0.5f;

    static LatentMask of(Mask mask, InpaintRequest.MaskReduction reduction, int factor) {
        int width = mask.width() / factor;
        int height = mask.height() / factor;
        return new LatentMask(
                width,
                height,
                switch (reduction) {
                    case NEAREST -> nearest(mask, width, height, factor);
                    case MAXIMUM -> MaskShape.latentMaximum(mask, factor);
                });
    }

    private static float[] nearest(Mask mask, int width, int height, int factor) {
        float[] values = new float[width * height];
        for (int i = 0; i < values.length; i++) {
            values[i] = mask.at(i % width * factor, i / width * factor) >= THRESHOLD ? 1 : 0;
        }
        return values;
    }

    /** True if the pixels of the mask that the reduction looks at are all 0. */
    boolean isEmpty() {
        for (float value : values) {
            if (value > 0) {
                return false;
            }
        }
        return true;
    }

    /** For UNets that take the mask as a channel: {@code [1, 1, h, w]}, 1 wherever anything may change. */
    Tensor asChannel() {
        float[] channel = new float[values.length];
        for (int i = 0; i < channel.length; i++) {
            channel[i] = values[i] > 0 ? 1 : 0;
        }
        return Tensor.of(channel, 1, 1, height, width);
    }

    /**
     * The sample where latents are free already, the kept ones elsewhere.
     *
     * @param progress the share of the run that is done; a latent of value v is free from {@code 1 - v} on
     */
    Tensor merge(Tensor sample, float[] kept, double progress) {
        float[] merged = sample.values().clone();
        for (int i = 0; i < merged.length; i++) {
            if (values[i % values.length] <= 1 - progress) {
                merged[i] = kept[i];
            }
        }
        return new Tensor(sample.shape(), merged);
    }

    @Override
    public String toString() {
        return "LatentMask" + Arrays.toString(new int[] {height, width});
    }
}
