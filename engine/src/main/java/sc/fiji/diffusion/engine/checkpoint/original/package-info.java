/**
 * The key names that Stable Diffusion's authors gave the tensors of a single file (CompVis' latent-diffusion, Stability
 * AI's generative-models), brought to diffusers' names. One class a network, each a pure function of names and shapes:
 * a {@link sc.fiji.diffusion.engine.checkpoint.original.TensorShapes} goes in, a {@link
 * sc.fiji.diffusion.engine.checkpoint.original.NamedNetwork} comes out, which says for every new name where its bytes
 * are, and has the {@code config.json} that a folder would have. Blocks are counted, not assumed, so that narrower and
 * deeper models work alike; what shapes do not tell (heads, activations, norm groups) is as in the published
 * configurations of these families. {@link sc.fiji.diffusion.engine.checkpoint.original.FileKind} tells what a file is.
 */
package sc.fiji.diffusion.engine.checkpoint.original;
