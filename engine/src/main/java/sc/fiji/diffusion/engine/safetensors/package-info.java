/**
 * The safetensors format: eight bytes of header length, a JSON header, and the tensors' bytes. Files come from the
 * internet, so {@link sc.fiji.diffusion.engine.safetensors.SafetensorsFile} believes nothing: what it hands out lies
 * inside the file and does not overlap. Opening reads the header alone; large weights are read by ONNX Runtime, straight
 * from the file at {@link sc.fiji.diffusion.engine.safetensors.SafetensorsFile#fileOffset}, and only what Java itself
 * needs comes onto the heap, tensor by tensor.
 *
 * <p>Several files that together are one network (shards) are the checkpoint's business, not this package's.
 */
package sc.fiji.diffusion.engine.safetensors;
