package sc.fiji.diffusion.engine.checkpoint.original;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes the {@code config.json} of a VAE whose tensors have diffusers' names. */
public final class VaeConfig {

    private static final int NORM_GROUPS = 32;

    private VaeConfig() {}

    /**
     * @param tensors by diffusers' names
     * @param scalingFactor of the latents
     * @throws sc.fiji.diffusion.engine.CheckpointException if a tensor that shows a size is missing
     */
    public static JsonObject json(TensorShapes tensors, double scalingFactor) {
        int levels = tensors.count("encoder.down_blocks.");
        List<Integer> channels = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            channels.add(tensors.size("encoder.down_blocks." + level + ".resnets.0.conv1.weight", 0));
        }
        JsonObject config = Json.ofClass("_class_name", "AutoencoderKL");
        config.addProperty("in_channels", tensors.size("encoder.conv_in.weight", 1));
        config.addProperty("out_channels", tensors.size("decoder.conv_out.weight", 0));
        config.addProperty("latent_channels", tensors.size("decoder.conv_in.weight", 1));
        config.add("block_out_channels", Json.numbers(channels));
        config.add("down_block_types", Json.texts(Collections.nCopies(levels, "DownEncoderBlock2D")));
        config.add("up_block_types", Json.texts(Collections.nCopies(levels, "UpDecoderBlock2D")));
        config.addProperty("layers_per_block", tensors.count("encoder.down_blocks.0.resnets."));
        config.addProperty("norm_num_groups", NORM_GROUPS);
        config.addProperty("act_fn", "silu");
        config.addProperty("scaling_factor", scalingFactor);
        config.addProperty("use_quant_conv", tensors.hasBelow("quant_conv."));
        config.addProperty("use_post_quant_conv", tensors.hasBelow("post_quant_conv."));
        config.addProperty("mid_block_add_attention", tensors.hasBelow("encoder.mid_block.attentions.0."));
        return config;
    }
}
