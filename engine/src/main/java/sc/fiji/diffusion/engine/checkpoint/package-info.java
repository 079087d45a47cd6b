/**
 * What a user has on disk, opened without reading the weights. {@link sc.fiji.diffusion.engine.checkpoint.Checkpoint}
 * is a folder in the Hugging Face layout; each of its components has a
 * {@link sc.fiji.diffusion.engine.checkpoint.ConfigFile} and {@link sc.fiji.diffusion.engine.checkpoint.Weights}, which
 * know where in which safetensors file every tensor lies and bring old key names to the present ones.
 * {@link sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint} is a ControlNet, a folder or a file.
 */
package sc.fiji.diffusion.engine.checkpoint;
