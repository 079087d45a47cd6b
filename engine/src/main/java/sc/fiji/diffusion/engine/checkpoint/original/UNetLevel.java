package sc.fiji.diffusion.engine.checkpoint.original;

/**
 * What a UNet has at one resolution, on the way down or up.
 *
 * @param channels of the latents there
 * @param layers residual blocks
 * @param depth transformer blocks in the attention of each layer; 0: no attention
 */
record UNetLevel(int channels, int layers, int depth) {}
