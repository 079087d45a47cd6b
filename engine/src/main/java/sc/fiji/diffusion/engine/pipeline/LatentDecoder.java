package sc.fiji.diffusion.engine.pipeline;

import java.util.Map;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.network.Autoencoder;
import sc.fiji.diffusion.engine.network.LatentScaling;
import sc.fiji.diffusion.engine.runtime.InferenceSession;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** From latents to pixels. */
final class LatentDecoder implements AutoCloseable {

    private final InferenceSession session;
    private final LatentScaling scaling;
    private final int factor;
    private final int channels;
    private final VaeRun run;

    /** Null until somebody wants to see them. */
    private LatentColors colors;

    private LatentDecoder(InferenceSession session, Autoencoder vae, VaeMemory memory) {
        this.session = session;
        this.scaling = vae.scaling();
        this.channels = vae.latentChannels();
        this.factor = memory.factor();
        this.run = new VaeRun(memory);
    }

    static LatentDecoder open(Checkpoint checkpoint, Execution execution) {
        return open(checkpoint, execution, VaeMemory.of(checkpoint));
    }

    /** @param memory that it may take */
    static LatentDecoder open(Checkpoint checkpoint, Execution execution, VaeMemory memory) {
        Autoencoder vae = Autoencoder.of(checkpoint.vae());
        return new LatentDecoder(
                NetworkSession.open(
                        checkpoint.vae(), component -> vae.decoderGraph(execution.form()), execution.device()),
                vae,
                memory);
    }

    /** Fails in words if a picture of this size can't be decoded on this computer. */
    void requireMemory(int width, int height) {
        run.requireMemory(width, height);
    }

    /** The picture of latents {@code [1, channels, h, w]}, decoded in tiles where memory wants it. */
    RgbImage decode(Tensor latents, Progress progress) {
        Tensor unscaled = scaling.toVae(latents);
        Size picture = new Size(factor * latents.size(3), factor * latents.size(2));
        Tensor decoded = run.of(picture, tiles -> tiles.decoded(unscaled, tile -> decodeTile(tile, progress)));
        return RgbImage.fromDecoded(decoded, 0);
    }

    /** The quick look that stands for this decoder; fitted when it is first asked for, by decoding 16×16 latents. */
    LatentColors colors(Progress progress) {
        if (colors == null) {
            colors = LatentColors.fit(channels, noise -> decode(noise, progress));
        }
        return colors;
    }

    private Tensor decodeTile(Tensor unscaled, Progress progress) {
        Tensor decoded = session.runLast(Map.of(Autoencoder.LATENT_SAMPLE, unscaled), Autoencoder.SAMPLE, progress);
        if (!decoded.isFinite()) {
            throw new EngineException("image: expected finite numbers from the VAE, found NaN or infinity");
        }
        return decoded;
    }

    @Override
    public void close() {
        session.close();
    }
}
