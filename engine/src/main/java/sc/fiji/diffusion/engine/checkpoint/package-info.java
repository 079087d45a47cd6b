/**
 * What a user has on disk, opened without reading the weights. {@link sc.fiji.diffusion.engine.checkpoint.Checkpoint} is
 * the one face of three layouts: a folder in the Hugging Face layout, a single safetensors file with the original key
 * names, and a folder of exported ONNX files. Each of its components has a {@link
 * sc.fiji.diffusion.engine.checkpoint.ConfigFile}, read or made of what the tensors show, and {@link
 * sc.fiji.diffusion.engine.checkpoint.Weights}, which know where in which safetensors file every tensor lies, under the
 * present names.
 * {@link sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint} is a ControlNet, a folder or a file.
 */
package sc.fiji.diffusion.engine.checkpoint;
