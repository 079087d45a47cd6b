/**
 * ONNX Runtime, and the only package that knows it. {@link sc.fiji.diffusion.engine.runtime.InferenceSession} opens a
 * graph on a {@link sc.fiji.diffusion.engine.runtime.Device} and runs it; native memory is freed when it is closed. A run
 * can be broken off while it computes. Which devices there are hangs on the native library, of which a process can load
 * but one: package {@code device} finds the right one before.
 */
package sc.fiji.diffusion.engine.runtime;
