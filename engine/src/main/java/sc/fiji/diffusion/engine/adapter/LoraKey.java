package sc.fiji.diffusion.engine.adapter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The key of a LoRA's tensor, taken apart. Both namings lead to the same: kohya's {@code
 * lora_unet_mid_block_attentions_0_proj_in.lora_down.weight} and PEFT's {@code
 * unet.mid_block.attentions.0.proj_in.lora_A.weight}.
 *
 * @param network that the layer is in
 * @param layer its name with underscores in place of dots, as kohya writes it
 * @param ending of the key, from which {@link LoraPart} follows
 */
record LoraKey(AdaptedNetwork network, String layer, String ending) {

    /** The longer ones first. */
    private static final Map<String, AdaptedNetwork> PREFIXES = new LinkedHashMap<>();

    static {
        PREFIXES.put("lora_unet_", AdaptedNetwork.UNET);
        PREFIXES.put("lora_te1_", AdaptedNetwork.TEXT_ENCODER);
        PREFIXES.put("lora_te2_", AdaptedNetwork.SECOND_TEXT_ENCODER);
        PREFIXES.put("lora_te_", AdaptedNetwork.TEXT_ENCODER);
        PREFIXES.put("unet.", AdaptedNetwork.UNET);
        PREFIXES.put("text_encoder.", AdaptedNetwork.TEXT_ENCODER);
        PREFIXES.put("text_encoder_2.", AdaptedNetwork.SECOND_TEXT_ENCODER);
    }

    /** PEFT's own way of saving one network's layers, and diffusers' first one, which say not which network it is. */
    private static final String ANY_NETWORK = "base_model.model.";

    private static final String PROCESSOR = ".processor";

    /** Whether it is a key as PEFT itself saves them, which diffusers does not. */
    static boolean isOfPeft(String key) {
        return key.startsWith(ANY_NETWORK);
    }

    /** Empty if it names none of the networks of Stable Diffusion. */
    static Optional<LoraKey> parse(String key) {
        for (Map.Entry<String, AdaptedNetwork> prefix : PREFIXES.entrySet()) {
            if (key.startsWith(prefix.getKey())) {
                return Optional.of(
                        of(prefix.getValue(), key.substring(prefix.getKey().length())));
            }
        }
        String bare = key.startsWith(ANY_NETWORK) ? key.substring(ANY_NETWORK.length()) : key;
        if (bare.startsWith("text_model.")) {
            return Optional.of(of(AdaptedNetwork.TEXT_ENCODER, bare));
        }
        boolean unet =
                bare.startsWith("down_blocks.") || bare.startsWith("mid_block.") || bare.startsWith("up_blocks.");
        return unet ? Optional.of(of(AdaptedNetwork.UNET, bare)) : Optional.empty();
    }

    private static LoraKey of(AdaptedNetwork network, String key) {
        String ending = ending(key);
        String layer = key.substring(0, key.length() - ending.length()).replace(PROCESSOR, "");
        String named = network == AdaptedNetwork.UNET
                // diffusers' first naming leaves out which of the modules in to_out it is
                ? layer.replaceFirst("\\.to_out$", ".to_out.0")
                // and names CLIP's projections as the UNet's
                : layer.replaceFirst("\\.to_(q|k|v|out)$", ".$1_proj");
        return new LoraKey(network, named.replace('.', '_'), ending);
    }

    private static String ending(String key) {
        String longest = "";
        for (LoraPart part : LoraPart.values()) {
            for (String ending : part.endings()) {
                if (key.endsWith(ending) && ending.length() > longest.length()) {
                    longest = ending;
                }
            }
        }
        int dot = key.lastIndexOf('.');
        return longest.isEmpty() && dot >= 0 ? key.substring(dot) : longest;
    }

    /** Empty if it belongs to a method that is not supported. */
    Optional<LoraPart> part() {
        for (LoraPart part : LoraPart.values()) {
            if (part.endings().contains(ending)) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }
}
