package sc.fiji.diffusion.engine.checkpoint.original;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The UNet. {@code input_blocks} are numbered through all levels, a convolution that halves the size ({@code 0.op})
 * ending each level but the last; {@code output_blocks} likewise, upwards, with the upsampling convolution behind a
 * level's last block. Within a block, {@code 0} is the residual block and {@code 1} the attention, if there is any.
 */
public final class OriginalUNet {

    private static final Map<String, String> RESNET = Map.of(
            "in_layers.0", "norm1",
            "in_layers.2", "conv1",
            "emb_layers.1", "time_emb_proj",
            "out_layers.0", "norm2",
            "out_layers.3", "conv2",
            "skip_connection", "conv_shortcut");

    private static final Map<String, String> TOP = Map.of(
            "time_embed.0", "time_embedding.linear_1",
            "time_embed.2", "time_embedding.linear_2",
            "label_emb.0.0", "add_embedding.linear_1",
            "label_emb.0.2", "add_embedding.linear_2",
            "input_blocks.0.0", "conv_in",
            "out.0", "conv_norm_out",
            "out.2", "conv_out");

    private final TensorShapes tensors;
    private final Renaming renaming;

    /** Layers of the level that is being named, and transformer blocks in the attention of each. */
    private final List<Integer> depths = new ArrayList<>();

    private OriginalUNet(TensorShapes tensors) {
        this.tensors = tensors;
        this.renaming = new Renaming(tensors);
    }

    /**
     * @param tensors below {@code model.diffusion_model.}
     * @param sampleSize width and height of the latents that the model was trained on
     * @param pooledSize length of the text's summary, where the UNet takes one (SDXL)
     * @throws sc.fiji.diffusion.engine.CheckpointException if it is no UNet of Stable Diffusion's
     */
    public static NamedNetwork read(TensorShapes tensors, int sampleSize, OptionalInt pooledSize) {
        OriginalUNet unet = new OriginalUNet(tensors);
        TOP.forEach(unet.renaming::module);
        List<UNetLevel> down = unet.nameDownBlocks();
        unet.nameMiddleBlock();
        List<UNetLevel> up = unet.nameUpBlocks();
        unet.renaming.requireAllNamed("a UNet of Stable Diffusion's");
        return new NamedNetwork(
                unet.renaming.result(), () -> new UNetConfig(tensors, down, up).json(sampleSize, pooledSize));
    }

    private List<UNetLevel> nameDownBlocks() {
        List<UNetLevel> levels = new ArrayList<>();
        int blocks = tensors.count("input_blocks.");
        for (int block = 1; block < blocks; block++) {
            String from = "input_blocks." + block;
            String to = "down_blocks." + levels.size();
            if (tensors.hasBelow(from + ".0.op.")) {
                renaming.module(from + ".0.op", to + ".downsamplers.0.conv");
                levels.add(finishedLevel("input_blocks." + (block - 1)));
            } else {
                nameLayer(from, to);
            }
        }
        levels.add(finishedLevel("input_blocks." + (blocks - 1)));
        return levels;
    }

    private void nameMiddleBlock() {
        nameResnet("middle_block.0", "mid_block.resnets.0");
        renaming.module("middle_block.1", "mid_block.attentions.0");
        nameResnet("middle_block.2", "mid_block.resnets.1");
    }

    private List<UNetLevel> nameUpBlocks() {
        List<UNetLevel> levels = new ArrayList<>();
        int blocks = tensors.count("output_blocks.");
        for (int block = 0; block < blocks; block++) {
            String from = "output_blocks." + block;
            String to = "up_blocks." + levels.size();
            // Without attention, the upsampler takes its number.
            String upsampler = from + (tensors.hasBelow(from + ".1.conv.") ? ".1.conv" : ".2.conv");
            nameLayer(from, to);
            renaming.module(upsampler, to + ".upsamplers.0.conv");
            if (block == blocks - 1 || tensors.hasBelow(upsampler + ".")) {
                levels.add(finishedLevel(from));
            }
        }
        return levels;
    }

    private void nameLayer(String from, String to) {
        int layer = depths.size();
        nameResnet(from + ".0", to + ".resnets." + layer);
        int depth = tensors.count(from + ".1.transformer_blocks.");
        if (depth > 0) {
            renaming.module(from + ".1", to + ".attentions." + layer);
        }
        if (layer > 0 && depth != depths.get(0)) {
            throw tensors.wrong(
                    from + ".1", depths.get(0) + " transformer blocks, as the other layers of its level have", depth);
        }
        depths.add(depth);
    }

    private void nameResnet(String from, String to) {
        RESNET.forEach((old, present) -> renaming.module(from + "." + old, to + "." + present));
    }

    private UNetLevel finishedLevel(String lastBlock) {
        int channels = tensors.size(lastBlock + ".0.out_layers.3.weight", 0);
        UNetLevel level = new UNetLevel(channels, depths.size(), depths.isEmpty() ? 0 : depths.get(0));
        depths.clear();
        return level;
    }
}
