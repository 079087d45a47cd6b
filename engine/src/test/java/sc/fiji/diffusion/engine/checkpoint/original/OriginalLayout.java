package sc.fiji.diffusion.engine.checkpoint.original;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sc.fiji.diffusion.engine.checkpoint.WeightValues;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * Gives the tensors of a Hugging Face folder the names that they had in the original single files: the way back of what
 * is tested, written down from CompVis' {@code openaimodel.py} and {@code model.py} and OpenCLIP's {@code
 * transformer.py}.
 */
public final class OriginalLayout {

    private final Map<String, Tensor> file = new LinkedHashMap<>();

    /** What was put together so far. */
    public Map<String, Tensor> tensors() {
        return file;
    }

    /** {@code openaimodel.UNetModel}: every layer, and the convolution behind a level, is a block of its own. */
    public OriginalLayout unet(Map<String, Tensor> tensors, int layersPerBlock) {
        int down = layersPerBlock + 1;
        tensors.forEach((name, tensor) -> {
            String old = unetResnet(name);
            old = replace(
                    old,
                    "down_blocks\\.(\\d+)\\.resnets\\.(\\d+)",
                    m -> "input_blocks." + (1 + number(m, 1) * down + number(m, 2)) + ".0");
            old = replace(
                    old,
                    "down_blocks\\.(\\d+)\\.attentions\\.(\\d+)",
                    m -> "input_blocks." + (1 + number(m, 1) * down + number(m, 2)) + ".1");
            old = replace(
                    old,
                    "down_blocks\\.(\\d+)\\.downsamplers\\.0\\.conv",
                    m -> "input_blocks." + (number(m, 1) + 1) * down + ".0.op");
            old = replace(
                    old,
                    "up_blocks\\.(\\d+)\\.resnets\\.(\\d+)",
                    m -> "output_blocks." + (number(m, 1) * down + number(m, 2)) + ".0");
            old = replace(
                    old,
                    "up_blocks\\.(\\d+)\\.attentions\\.(\\d+)",
                    m -> "output_blocks." + (number(m, 1) * down + number(m, 2)) + ".1");
            old = replace(old, "up_blocks\\.(\\d+)\\.upsamplers\\.0\\.conv", m -> {
                boolean attends = tensors.containsKey("up_blocks." + m.group(1) + ".attentions.0.norm.weight");
                return "output_blocks." + (number(m, 1) * down + layersPerBlock) + (attends ? ".2.conv" : ".1.conv");
            });
            old = replace(old, "mid_block\\.resnets\\.(\\d)", m -> "middle_block." + 2 * number(m, 1));
            old = old.replace("mid_block.attentions.0", "middle_block.1")
                    .replace("time_embedding.linear_1", "time_embed.0")
                    .replace("time_embedding.linear_2", "time_embed.2")
                    .replace("add_embedding.linear_1", "label_emb.0.0")
                    .replace("add_embedding.linear_2", "label_emb.0.2");
            old = replace(old, "^conv_in", m -> "input_blocks.0.0");
            old = replace(old, "^conv_norm_out", m -> "out.0");
            old = replace(old, "^conv_out", m -> "out.2");
            file.put("model.diffusion_model." + old, tensor);
        });
        return this;
    }

    private static String unetResnet(String name) {
        if (!name.contains(".resnets.")) {
            return name;
        }
        return name.replace("norm1", "in_layers.0")
                .replace("conv1", "in_layers.2")
                .replace("time_emb_proj", "emb_layers.1")
                .replace("norm2", "out_layers.0")
                .replace("conv2", "out_layers.3")
                .replace("conv_shortcut", "skip_connection");
    }

    /** {@code model.Encoder} and {@code model.Decoder}, the attention's projections as 1×1 convolutions. */
    public OriginalLayout vae(String prefix, Map<String, Tensor> tensors, int levels) {
        tensors.forEach((name, tensor) -> {
            boolean attention = name.contains("mid_block.attentions");
            String old = name.replace("conv_norm_out", "norm_out").replace("conv_shortcut", "nin_shortcut");
            old = replace(old, "encoder\\.down_blocks\\.(\\d+)", m -> "encoder.down." + m.group(1));
            old = replace(old, "decoder\\.up_blocks\\.(\\d+)", m -> "decoder.up." + (levels - 1 - number(m, 1)));
            old = replace(old, "mid_block\\.resnets\\.(\\d)", m -> "mid.block_" + (number(m, 1) + 1));
            old = old.replace(".resnets.", ".block.")
                    .replace("downsamplers.0", "downsample")
                    .replace("upsamplers.0", "upsample")
                    .replace("mid_block.attentions.0.group_norm", "mid.attn_1.norm")
                    .replace("mid_block.attentions.0.to_out.0", "mid.attn_1.proj_out");
            old = replace(old, "mid_block\\.attentions\\.0\\.to_([qkv])", m -> "mid.attn_1." + m.group(1));
            boolean matrix = attention && tensor.shape().length == 2;
            file.put(prefix + old, matrix ? Tensor.of(tensor.values(), tensor.size(0), tensor.size(1), 1, 1) : tensor);
        });
        return this;
    }

    /** transformers' names, as they are. */
    public OriginalLayout clip(String prefix, Map<String, Tensor> tensors) {
        tensors.forEach((name, tensor) -> file.put(prefix + name, tensor));
        return this;
    }

    /** OpenCLIP's text transformer: {@code nn.MultiheadAttention} packs three projections into one. */
    public OriginalLayout openClip(String prefix, Map<String, Tensor> tensors) {
        tensors.forEach((name, tensor) -> {
            String old = name.replace("text_model.encoder.layers.", "transformer.resblocks.")
                    .replace("layer_norm", "ln_")
                    .replace("self_attn.out_proj", "attn.out_proj")
                    .replace("mlp.fc1", "mlp.c_fc")
                    .replace("mlp.fc2", "mlp.c_proj")
                    .replace("text_model.final_ln_.", "ln_final.")
                    .replace("text_model.embeddings.token_embedding.weight", "token_embedding.weight")
                    .replace("text_model.embeddings.position_embedding.weight", "positional_embedding");
            if (name.equals("text_projection.weight")) {
                int out = tensor.size(0);
                int in = tensor.size(1);
                file.put(
                        prefix + "text_projection",
                        Tensor.of(WeightValues.transposed(tensor.values(), in, out), in, out));
            } else if (name.contains(".self_attn.q_proj.")) {
                String packed = old.replace("self_attn.q_proj.", "attn.in_proj_");
                file.put(prefix + packed, Tensor.concatenated(0, packed(name, tensors)));
            } else if (!name.contains(".self_attn.") || name.contains("out_proj")) {
                file.put(prefix + old, tensor);
            }
        });
        file.put(prefix + "logit_scale", Tensor.of(new float[] {4.6f}, 1));
        return this;
    }

    private static List<Tensor> packed(String query, Map<String, Tensor> tensors) {
        return List.of(
                tensors.get(query),
                tensors.get(query.replace("q_proj", "k_proj")),
                tensors.get(query.replace("q_proj", "v_proj")));
    }

    private static String replace(String text, String pattern, Function<MatchResult, String> by) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.replaceAll(by);
    }

    private static int number(MatchResult match, int group) {
        return Integer.parseInt(match.group(group));
    }
}
