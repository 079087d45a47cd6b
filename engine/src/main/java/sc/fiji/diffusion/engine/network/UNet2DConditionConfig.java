package sc.fiji.diffusion.engine.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import sc.fiji.diffusion.engine.checkpoint.ConfigFile;

/**
 * The options of diffusers' {@code UNet2DConditionModel} that are supported; those that would need another computation
 * are refused by name.
 *
 * @param encoder of the way down and the middle
 * @param outChannels of the prediction
 * @param outKernel side of the last convolution
 * @param upHasAttention whether the blocks on the way up attend to the text, from the lowest resolution up
 * @param transformerLayers of each attention on the way up, likewise
 */
record UNet2DConditionConfig(
        UNetEncoderConfig encoder,
        int outChannels,
        int outKernel,
        List<Boolean> upHasAttention,
        List<List<Integer>> transformerLayers) {

    private static final String REVERSE_TRANSFORMER_LAYERS = "reverse_transformer_layers_per_block";

    static UNet2DConditionConfig of(ConfigFile file) {
        refuseUnsupported(file);
        UNetEncoderConfig encoder = UNetEncoderConfig.of(file);
        List<String> up = file.texts(
                "up_block_types",
                List.of("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"));
        return new UNet2DConditionConfig(
                encoder,
                file.size("out_channels", 4, UNetEncoderConfig.LARGEST),
                UNetEncoderConfig.oddKernel(file, "conv_out_kernel"),
                UNetEncoderConfig.hasAttention(
                        file, "up_block_types", up, encoder.levels(), "CrossAttnUpBlock2D", "UpBlock2D"),
                transformerLayers(file, encoder));
    }

    /** Those of the way down in reverse, if the file has none of its own. */
    private static List<List<Integer>> transformerLayers(ConfigFile file, UNetEncoderConfig encoder) {
        List<List<Integer>> mirrored = new ArrayList<>(encoder.transformerLayers());
        Collections.reverse(mirrored);
        List<List<Integer>> own =
                file.sizeLists(REVERSE_TRANSFORMER_LAYERS, mirrored, UNetEncoderConfig.MOST_TRANSFORMER_LAYERS);
        return UNetEncoderConfig.perLevel(file, REVERSE_TRANSFORMER_LAYERS, own, encoder.levels());
    }

    private static void refuseUnsupported(ConfigFile file) {
        file.requireText("_class_name", "UNet2DConditionModel");
        file.requireText("time_embedding_type", "positional");
        file.requireText("attention_type", "default");
        for (String field : List.of(
                "center_input_sample",
                "dual_cross_attention",
                "time_embedding_dim",
                "time_embedding_act_fn",
                "timestep_post_act",
                "resnet_skip_time_act",
                "mid_block_only_cross_attention",
                "cross_attention_norm")) {
            file.requireAbsent(field);
        }
        UNetEncoderConfig.requireOne(file, "resnet_out_scale_factor");
    }
}
