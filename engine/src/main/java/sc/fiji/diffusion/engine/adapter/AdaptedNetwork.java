package sc.fiji.diffusion.engine.adapter;

/** The networks of a model that adapters change. */
public enum AdaptedNetwork {
    UNET,
    TEXT_ENCODER,
    /** Stable Diffusion XL's second one. */
    SECOND_TEXT_ENCODER
}
