/**
 * Numbers with a shape, on the Java heap: what passes between text encoder, scheduler, UNet and decoder. Weights are
 * never held this way; ONNX Runtime reads them from their file.
 */
package sc.fiji.diffusion.engine.tensor;
