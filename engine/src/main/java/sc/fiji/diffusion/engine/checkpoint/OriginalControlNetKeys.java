package sc.fiji.diffusion.engine.checkpoint;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Brings the key names of the original ControlNets ({@code control_model.input_blocks.1.0.in_layers.2.weight}) to
 * diffusers' ({@code down_blocks.0.resnets.0.conv1.weight}).
 */
final class OriginalControlNetKeys {

    private static final String PREFIX = "control_model.";
    private static final int MOST_BLOCKS = 1000;
    private static final Pattern INPUT_BLOCK = Pattern.compile("input_blocks\\.(\\d{1,4})\\.([01])\\.(.*)");
    private static final Pattern HINT_BLOCK = Pattern.compile("input_hint_block\\.(\\d{1,4})\\.(.*)");
    private static final Pattern ZERO_CONVOLUTION = Pattern.compile("zero_convs\\.(\\d{1,4})\\.0\\.(.*)");

    private static final Map<String, String> WHOLE_PARTS = Map.of(
            "time_embed.0.", "time_embedding.linear_1.",
            "time_embed.2.", "time_embedding.linear_2.",
            "label_emb.0.0.", "add_embedding.linear_1.",
            "label_emb.0.2.", "add_embedding.linear_2.",
            "input_blocks.0.0.", "conv_in.",
            "middle_block.0.", "mid_block.resnets.0.",
            "middle_block.1.", "mid_block.attentions.0.",
            "middle_block.2.", "mid_block.resnets.1.",
            "middle_block_out.0.", "controlnet_mid_block.");

    private static final Map<String, String> RESNET_PARTS = Map.of(
            "in_layers.0.", "norm1.",
            "in_layers.2.", "conv1.",
            "emb_layers.1.", "time_emb_proj.",
            "out_layers.0.", "norm2.",
            "out_layers.3.", "conv2.",
            "skip_connection.", "conv_shortcut.");

    /** Of the control image's convolutions; every other entry is an activation. */
    private final int lastHintBlock;

    /** A level's residual blocks and what halves the size, counted together. */
    private final int blocksPerLevel;

    private OriginalControlNetKeys(Weights weights) {
        lastHintBlock = found(weights, "input_hint_block.", ".weight").max().orElse(0);
        // Block 0 is the first convolution, whatever a file says.
        blocksPerLevel = found(weights, "input_blocks.", ".0.op.weight")
                .filter(number -> number > 0)
                .min()
                .orElse(MOST_BLOCKS);
    }

    /** The numbers between the two of tensors that are there. */
    private static IntStream found(Weights weights, String before, String after) {
        return IntStream.range(0, MOST_BLOCKS).filter(number -> weights.has(before + number + after));
    }

    static boolean isOriginal(Weights weights) {
        return weights.hasBelow(PREFIX) || weights.hasBelow("input_hint_block.");
    }

    static Weights renamed(Weights weights) {
        Weights stripped = weights.renamed(OriginalControlNetKeys::stripped);
        return stripped.renamed(new OriginalControlNetKeys(stripped)::diffusers);
    }

    private static String stripped(String name) {
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }

    private String diffusers(String name) {
        Optional<String> whole = replaced(name, WHOLE_PARTS);
        if (whole.isPresent()) {
            return whole.get().startsWith("mid_block.resnets.") ? resnet(whole.get()) : whole.get();
        }
        Matcher zero = ZERO_CONVOLUTION.matcher(name);
        if (zero.matches()) {
            return "controlnet_down_blocks." + zero.group(1) + "." + zero.group(2);
        }
        Matcher hint = HINT_BLOCK.matcher(name);
        if (hint.matches()) {
            return "controlnet_cond_embedding." + hintBlock(Integer.parseInt(hint.group(1))) + "." + hint.group(2);
        }
        Matcher input = INPUT_BLOCK.matcher(name);
        return input.matches() ? inputBlock(Integer.parseInt(input.group(1)) - 1, input) : name;
    }

    private String hintBlock(int index) {
        if (index == 0) {
            return "conv_in";
        }
        return index == lastHintBlock ? "conv_out" : "blocks." + (index / 2 - 1);
    }

    private String inputBlock(int index, Matcher parts) {
        String level = "down_blocks." + index / blocksPerLevel + ".";
        int layer = index % blocksPerLevel;
        if (parts.group(3).startsWith("op.")) {
            return level + "downsamplers.0.conv." + parts.group(3).substring("op.".length());
        }
        return parts.group(2).equals("0")
                ? resnet(level + "resnets." + layer + "." + parts.group(3))
                : level + "attentions." + layer + "." + parts.group(3);
    }

    private static String resnet(String name) {
        for (Map.Entry<String, String> part : RESNET_PARTS.entrySet()) {
            int at = name.indexOf("." + part.getKey());
            if (at >= 0) {
                return name.substring(0, at + 1)
                        + part.getValue()
                        + name.substring(at + 1 + part.getKey().length());
            }
        }
        return name;
    }

    private static Optional<String> replaced(String name, Map<String, String> parts) {
        return parts.entrySet().stream()
                .filter(part -> name.startsWith(part.getKey()))
                .map(part -> part.getValue() + name.substring(part.getKey().length()))
                .findFirst();
    }
}
