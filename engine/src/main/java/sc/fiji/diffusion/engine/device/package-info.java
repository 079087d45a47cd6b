/**
 * Which devices there are, whether they work, how fast they are, and what a process needs to use one.
 *
 * <p>ONNX Runtime's native library is loaded once a process, and each kind of GPU wants another build of it: {@link
 * sc.fiji.diffusion.engine.device.NativeLibraries} knows where they lie. Drivers may hang or crash, so that each device
 * is tried in a process of its own ({@link sc.fiji.diffusion.engine.device.DeviceProbe}), with a short measured run
 * ({@link sc.fiji.diffusion.engine.device.SpeedTest}). {@link sc.fiji.diffusion.engine.device.Devices} keeps what came
 * of that as long as the process lives, and a {@link sc.fiji.diffusion.engine.device.DeviceChoice} is what a user asked
 * for: a device, or the fastest that works.
 */
package sc.fiji.diffusion.engine.device;
