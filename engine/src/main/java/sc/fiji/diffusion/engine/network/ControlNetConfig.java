package sc.fiji.diffusion.engine.network;

import java.util.List;
import java.util.Set;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.checkpoint.ConfigFile;

/**
 * The options of diffusers' {@code ControlNetModel} that are supported. A ControlNet without a configuration of its own
 * is read with that of the UNet that it is a copy of.
 *
 * @param encoder of the copied half
 * @param conditioningChannels of the control image
 * @param embeddingChannels of the convolutions that bring the control image to the latents' resolution; each but the
 *     first halves the size
 * @param bgr whether it learnt from control images with blue first
 * @param poolsGlobally whether only the means over all pixels are added
 */
record ControlNetConfig(
        UNetEncoderConfig encoder,
        int conditioningChannels,
        List<Integer> embeddingChannels,
        boolean bgr,
        boolean poolsGlobally) {

    private static final String OWN_CLASS = "ControlNetModel";
    private static final String BORROWED_CLASS = "UNet2DConditionModel";

    static ControlNetConfig of(Component component) {
        ConfigFile file = component.config();
        file.requireOneOf("_class_name", Set.of(OWN_CLASS, BORROWED_CLASS));
        UNetEncoderConfig encoder = UNetEncoderConfig.of(file);
        boolean borrowed = file.text("_class_name", "").equals(BORROWED_CLASS);
        return new ControlNetConfig(
                borrowed ? encoder.copied(channelsTaken(component)) : encoder,
                file.size("conditioning_channels", 3, UNetEncoderConfig.LARGEST),
                file.sizes("conditioning_embedding_out_channels", List.of(16, 32, 96, 256), UNetEncoderConfig.LARGEST),
                isBgr(file),
                file.flag("global_pool_conditions", false));
    }

    /** A UNet for inpainting takes more than the ControlNet beside it. */
    private static int channelsTaken(Component component) {
        List<Integer> shape = component.weights().get("conv_in.weight").shape();
        if (shape.size() != 4 || shape.contains(0)) {
            throw Unsupported.because(component.weights(), "conv_in.weight", "four sizes of 1 or more", shape);
        }
        return shape.get(1);
    }

    private static boolean isBgr(ConfigFile file) {
        String order = file.text("controlnet_conditioning_channel_order", "rgb");
        if (!order.equals("rgb") && !order.equals("bgr")) {
            throw new CheckpointException(
                    file.path() + ": controlnet_conditioning_channel_order: expected rgb or bgr, found " + order);
        }
        return order.equals("bgr");
    }
}
