package sc.fiji.diffusion.engine.adapter;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;
import sc.fiji.diffusion.engine.checkpoint.Weights;

/**
 * The layers of a network by the names that LoRAs call them: diffusers' names with underscores in place of dots, and
 * for a UNet those of the original code (LDM) too, as LoRAs for Stable Diffusion XL have them. Which block of the
 * original is which follows from how many there are.
 */
final class LayerNames {

    private static final Pattern BLOCK = Pattern.compile(
            "(down|up)_blocks\\.(\\d{1,4})\\.(resnets|attentions|downsamplers|upsamplers)\\.(\\d{1,4})\\.(.+)");
    private static final Pattern MIDDLE = Pattern.compile("mid_block\\.(resnets|attentions)\\.(\\d{1,4})\\.(.+)");

    private static final Map<String, String> OUTSIDE_BLOCKS = Map.of(
            "conv_in", "input_blocks.0.0",
            "time_embedding.linear_1", "time_embed.0",
            "time_embedding.linear_2", "time_embed.2",
            "add_embedding.linear_1", "label_emb.0.0",
            "add_embedding.linear_2", "label_emb.0.2",
            "conv_out", "out.2");

    private static final Map<String, String> IN_RESNETS = Map.of(
            "conv1", "in_layers.2",
            "conv2", "out_layers.3",
            "time_emb_proj", "emb_layers.1",
            "conv_shortcut", "skip_connection");

    private final Map<String, WeightTensor> byName = new HashMap<>();
    private final Weights weights;
    private final int layersPerBlock;

    LayerNames(Weights weights) {
        this.weights = weights;
        int layers = 0;
        while (weights.has("down_blocks.0.resnets." + layers + ".conv1.weight")) {
            layers++;
        }
        this.layersPerBlock = layers;
        for (String name : weights.names()) {
            WeightTensor tensor = weights.get(name);
            // what has one dimension is a norm's, not a layer's
            if (name.endsWith(".weight") && tensor.shape().size() >= 2) {
                String layer = name.substring(0, name.length() - ".weight".length());
                byName.put(flat(layer), tensor);
                original(layer).ifPresent(alias -> byName.put(flat(alias), tensor));
            }
        }
    }

    /** The weight of a layer. */
    Optional<WeightTensor> find(String flatName) {
        return Optional.ofNullable(byName.get(flatName));
    }

    private static String flat(String layer) {
        return layer.replace('.', '_');
    }

    /** The name that the original code has for a UNet's layer. */
    private Optional<String> original(String layer) {
        Matcher block = BLOCK.matcher(layer);
        if (block.matches()) {
            int number = Integer.parseInt(block.group(2));
            int index = Integer.parseInt(block.group(4));
            return Optional.of(
                    block.group(1).equals("down")
                            ? down(number, block.group(3), index, block.group(5))
                            : up(number, block.group(3), index, block.group(5)));
        }
        Matcher middle = MIDDLE.matcher(layer);
        if (middle.matches()) {
            boolean resnet = middle.group(1).equals("resnets");
            int place = resnet ? 2 * Integer.parseInt(middle.group(2)) : 1;
            return Optional.of("middle_block." + place + "." + inside(resnet, middle.group(3)));
        }
        return Optional.ofNullable(OUTSIDE_BLOCKS.get(layer));
    }

    /** The first input block is the first convolution; the halving is the last of each group. */
    private String down(int number, String kind, int index, String rest) {
        int first = 1 + number * (layersPerBlock + 1);
        return kind.equals("downsamplers")
                ? "input_blocks." + (first + layersPerBlock) + ".0.op"
                : "input_blocks." + (first + index) + "." + place(kind, rest);
    }

    /** The doubling stands with the last block of each group, after its attention if it has one. */
    private String up(int number, String kind, int index, String rest) {
        int first = number * (layersPerBlock + 1);
        if (kind.equals("upsamplers")) {
            boolean attention = weights.has("up_blocks." + number + ".attentions.0.norm.weight");
            return "output_blocks." + (first + layersPerBlock) + "." + (attention ? 2 : 1) + ".conv";
        }
        return "output_blocks." + (first + index) + "." + place(kind, rest);
    }

    private static String place(String kind, String rest) {
        boolean resnet = kind.equals("resnets");
        return (resnet ? "0." : "1.") + inside(resnet, rest);
    }

    private static String inside(boolean resnet, String rest) {
        return resnet ? IN_RESNETS.getOrDefault(rest, rest) : rest;
    }
}
