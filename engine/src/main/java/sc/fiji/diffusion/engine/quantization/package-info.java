/**
 * Weights in 8 bits. A network that is written for them asks a {@link
 * sc.fiji.diffusion.engine.quantization.RoundedWeights} for each matrix; rounding them all takes seconds, so that it is
 * done once for a checkpoint, into a file in the cache folder that ONNX Runtime then reads as it reads safetensors.
 */
package sc.fiji.diffusion.engine.quantization;
