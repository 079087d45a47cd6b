/**
 * One file per network, named as in diffusers: configuration and weights go in, a graph comes out.
 * {@link sc.fiji.diffusion.engine.network.ClipText} turns token ids into hidden states,
 * {@link sc.fiji.diffusion.engine.network.UNet2DCondition} predicts the noise in latents,
 * {@link sc.fiji.diffusion.engine.network.ControlNet}, a copy of that one's encoder, steers it by a picture,
 * {@link sc.fiji.diffusion.engine.network.Autoencoder} decodes latents to pixels. What they share stands in
 * {@code Layers} (linear, convolution, norms, attention), {@code ResnetBlock2D} and {@code UNetEncoder}. Shapes come
 * from the configuration and are checked against the weights one by one, so that a checkpoint that does not fit says
 * which tensor and how.
 */
package sc.fiji.diffusion.engine.network;
