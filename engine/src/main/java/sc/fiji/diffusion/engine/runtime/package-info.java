/**
 * ONNX Runtime, and the only package that knows it. {@link sc.fiji.diffusion.engine.runtime.InferenceSession} opens a
 * graph and runs it; native memory is freed when it is closed. A run can be broken off while it computes.
 */
package sc.fiji.diffusion.engine.runtime;
