package sc.fiji.diffusion.engine.checkpoint.original;

import java.util.List;
import java.util.Map;

/**
 * The VAE. Both halves number their levels from full resolution down; diffusers numbers those of the decoder in the
 * order in which they compute.
 */
public final class OriginalVae {

    private static final Map<String, String> HALF = Map.of(
            "conv_in", "conv_in",
            "norm_out", "conv_norm_out",
            "conv_out", "conv_out",
            "mid.attn_1.norm", "mid_block.attentions.0.group_norm");

    private static final Map<String, String> ATTENTION =
            Map.of("q", "to_q", "k", "to_k", "v", "to_v", "proj_out", "to_out.0");

    private final TensorShapes tensors;
    private final Renaming renaming;

    private OriginalVae(TensorShapes tensors) {
        this.tensors = tensors;
        this.renaming = new Renaming(tensors);
    }

    /**
     * @param tensors below {@code first_stage_model.}; others than the VAE's (its loss) may be among them
     * @param scalingFactor of the latents
     * @throws sc.fiji.diffusion.engine.CheckpointException if a tensor that shows a size is missing
     */
    public static NamedNetwork read(TensorShapes tensors, double scalingFactor) {
        OriginalVae vae = new OriginalVae(tensors);
        vae.nameAll();
        return new NamedNetwork(vae.renaming.result(), () -> VaeConfig.json(vae.renaming.shapes(), scalingFactor));
    }

    private void nameAll() {
        renaming.module("quant_conv", "quant_conv");
        renaming.module("post_quant_conv", "post_quant_conv");
        nameMiddle("encoder.");
        nameMiddle("decoder.");
        int down = tensors.count("encoder.down.");
        for (int level = 0; level < down; level++) {
            String from = "encoder.down." + level;
            String to = "encoder.down_blocks." + level;
            nameResnets(from, to);
            renaming.module(from + ".downsample.conv", to + ".downsamplers.0.conv");
        }
        int up = tensors.count("decoder.up.");
        for (int level = 0; level < up; level++) {
            String from = "decoder.up." + level;
            String to = "decoder.up_blocks." + (up - 1 - level);
            nameResnets(from, to);
            renaming.module(from + ".upsample.conv", to + ".upsamplers.0.conv");
        }
    }

    private void nameMiddle(String half) {
        HALF.forEach((from, to) -> renaming.module(half + from, half + to));
        ATTENTION.forEach(
                (from, to) -> renaming.linear(half + "mid.attn_1." + from, half + "mid_block.attentions.0." + to));
        nameResnet(half + "mid.block_1", half + "mid_block.resnets.0");
        nameResnet(half + "mid.block_2", half + "mid_block.resnets.1");
    }

    private void nameResnets(String from, String to) {
        int blocks = tensors.count(from + ".block.");
        for (int block = 0; block < blocks; block++) {
            nameResnet(from + ".block." + block, to + ".resnets." + block);
        }
    }

    private void nameResnet(String from, String to) {
        for (String part : List.of("norm1", "conv1", "norm2", "conv2")) {
            renaming.module(from + "." + part, to + "." + part);
        }
        renaming.module(from + ".nin_shortcut", to + ".conv_shortcut");
    }
}
