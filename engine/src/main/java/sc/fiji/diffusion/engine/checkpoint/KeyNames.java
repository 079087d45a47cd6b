package sc.fiji.diffusion.engine.checkpoint;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Brings key names to one naming, whichever release of diffusers or transformers wrote them. Old ones call the attention
 * of the VAE {@code query, key, value, proj_attn}, as the public SD 1.5 repositories still have it; newer ones
 * (transformers 5) leave {@code text_model.} out of the names in text encoders.
 */
final class KeyNames {

    private static final Map<String, String> ATTENTION =
            Map.of("query", "to_q", "key", "to_k", "value", "to_v", "proj_attn", "to_out.0");

    /** Of text encoders alone: autoencoders have names that begin with {@code encoder.} too. */
    private static final Pattern TEXT_ENCODER =
            Pattern.compile("(embeddings\\.(token|position)_embedding|final_layer_norm"
                    + "|encoder\\.layers\\.\\d+\\.(self_attn|mlp|layer_norm[12]))\\..*");

    private KeyNames() {}

    /** {@code mid_block.attentions.0.query.weight} becomes {@code mid_block.attentions.0.to_q.weight}. */
    static String presentDay(String name) {
        if (TEXT_ENCODER.matcher(name).matches()) {
            return "text_model." + name;
        }
        int leaf = name.lastIndexOf('.');
        int module = leaf < 0 ? -1 : name.lastIndexOf('.', leaf - 1);
        if (module < 0 || !name.contains("mid_block.attentions.")) {
            return name;
        }
        String renamed = ATTENTION.get(name.substring(module + 1, leaf));
        return renamed == null ? name : name.substring(0, module + 1) + renamed + name.substring(leaf);
    }
}
