package sc.fiji.diffusion.engine.pipeline;

import java.util.Map;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.network.Autoencoder;
import sc.fiji.diffusion.engine.runtime.InferenceSession;
import sc.fiji.diffusion.engine.runtime.Memory;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** From latents to pixels. */
final class LatentDecoder implements AutoCloseable {

    /** Tensors of full resolution that are held at once: a residual block's input, hidden values and sum. */
    private static final int TENSORS_HELD = 3;

    private final InferenceSession session;
    private final Autoencoder.Scaling scaling;
    private final int fullResolutionChannels;

    private LatentDecoder(InferenceSession session, Autoencoder.Scaling scaling, int fullResolutionChannels) {
        this.session = session;
        this.scaling = scaling;
        this.fullResolutionChannels = fullResolutionChannels;
    }

    static LatentDecoder open(Checkpoint checkpoint, Execution execution) {
        Autoencoder vae = Autoencoder.of(checkpoint.vae());
        return new LatentDecoder(
                NetworkSession.open(
                        checkpoint.vae(), component -> vae.decoderGraph(execution.form()), execution.device()),
                vae.scaling(),
                vae.fullResolutionChannels());
    }

    /** Fails in words if a picture of this size can't be decoded on this computer. */
    void requireMemory(int width, int height) {
        long bytes = 4L * TENSORS_HELD * fullResolutionChannels * width * height;
        Memory.require("width " + width + " and height " + height, bytes);
    }

    /** The picture of latents {@code [1, channels, h, w]}. */
    RgbImage decode(Tensor latents, Progress progress) {
        Tensor unscaled = new Tensor(latents.shape(), scaling.toVae(latents.values()));
        Tensor decoded = session.run(Map.of(Autoencoder.LATENT_SAMPLE, unscaled), Autoencoder.SAMPLE, progress);
        if (!decoded.isFinite()) {
            throw new EngineException("image: expected finite numbers from the VAE, found NaN or infinity");
        }
        return RgbImage.fromDecoded(decoded, 0);
    }

    @Override
    public void close() {
        session.close();
    }
}
