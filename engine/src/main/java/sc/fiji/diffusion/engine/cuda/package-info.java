/**
 * Fetches what NVIDIA's GPUs need, when a user asks for it: 2.7 GB from Maven Central, by Maven's own means, so that the
 * mirrors, proxies and servers of the user's {@code settings.xml} count.
 *
 * <p>{@link sc.fiji.diffusion.engine.cuda.CudaInstaller} goes from the question whether there is a driver and room on the
 * disk to the folder with the libraries, which appears all at once. {@link sc.fiji.diffusion.engine.cuda.CudaArtifact}
 * knows what is fetched, with sizes and checksums; {@link sc.fiji.diffusion.engine.cuda.MavenCentral} knows from where.
 */
package sc.fiji.diffusion.engine.cuda;
