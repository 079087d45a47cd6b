package sc.fiji.diffusion.engine.checkpoint;

import java.util.Map;

/**
 * Brings key names of old diffusers releases to the present ones: the attention of the VAE was called
 * {@code query, key, value, proj_attn}, as the public SD 1.5 repositories still have it.
 */
final class AttentionKeys {

    private static final Map<String, String> PRESENT_DAY =
            Map.of("query", "to_q", "key", "to_k", "value", "to_v", "proj_attn", "to_out.0");

    private AttentionKeys() {}

    /** {@code mid_block.attentions.0.query.weight} becomes {@code mid_block.attentions.0.to_q.weight}. */
    static String presentDay(String name) {
        int leaf = name.lastIndexOf('.');
        int module = leaf < 0 ? -1 : name.lastIndexOf('.', leaf - 1);
        if (module < 0 || !name.contains("mid_block.attentions.")) {
            return name;
        }
        String renamed = PRESENT_DAY.get(name.substring(module + 1, leaf));
        return renamed == null ? name : name.substring(0, module + 1) + renamed + name.substring(leaf);
    }
}
