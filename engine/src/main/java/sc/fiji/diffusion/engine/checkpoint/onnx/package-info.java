/**
 * ONNX files that others exported, looked at before ONNX Runtime opens them: where their weights lie, which must not be
 * outside the model's folder, and how many of which type there are. Weights are skipped, not read.
 */
package sc.fiji.diffusion.engine.checkpoint.onnx;
