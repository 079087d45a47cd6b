/**
 * The engine: a prompt goes in, pixels come out. It knows nothing of ImageJ or SciJava.
 *
 * <p>Data flows one way. A request ({@code pipeline}) is turned into chunks with weights ({@code prompt}) of token ids
 * ({@code tokenizer}); the checkpoint on disk ({@code checkpoint}, {@code safetensors}) gives configuration and weights,
 * from which {@code network} writes one ONNX graph a network ({@code graph}) that {@code runtime} runs. A
 * {@code scheduler} walks the latents from noise to a picture, and {@code image} turns the decoded tensor into pixels.
 * {@code watermark} marks what jobs make. {@code quantization} rounds weights to 8 bits, {@code device} finds what can compute, and {@code cuda} fetches what
 * NVIDIA's GPUs need. {@code cli} is the command line over it, {@code bench} takes its time. Other programs hand {@code
 * job}s to an engine, in their own process or, through {@code worker}, in another.
 *
 * <p>What was made knows how: {@code provenance}, which {@code metadata} puts into files and reads out of them, other tools'
 * too, {@code replay} makes again, and {@code watermark} marks. Models come from disks and, if asked for, from the hub
 * ({@code hub}, {@code download}).
 *
 * <p>This package itself holds what all of them share: the one family of exceptions and the one progress callback.
 */
package sc.fiji.diffusion.engine;
