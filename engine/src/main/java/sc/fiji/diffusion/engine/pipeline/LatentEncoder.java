package sc.fiji.diffusion.engine.pipeline;

import java.util.Map;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.network.AutoencoderKl;
import sc.fiji.diffusion.engine.runtime.InferenceSession;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** From pixels to latents. */
final class LatentEncoder implements AutoCloseable {

    private final InferenceSession session;
    private final AutoencoderKl.Scaling scaling;

    private LatentEncoder(InferenceSession session, AutoencoderKl.Scaling scaling) {
        this.session = session;
        this.scaling = scaling;
    }

    static LatentEncoder open(Checkpoint checkpoint) {
        return new LatentEncoder(
                InferenceSession.open(AutoencoderKl.encoderGraph(checkpoint.vae())),
                AutoencoderKl.Scaling.of(checkpoint.vae().config()));
    }

    /** The latents of a picture whose sides the VAE's factor divides. */
    LatentDistribution encode(RgbImage image, Progress progress) {
        Tensor parameters =
                session.run(Map.of(AutoencoderKl.SAMPLE, image.toEncoder()), AutoencoderKl.LATENT_PARAMETERS, progress);
        if (!parameters.isFinite()) {
            throw new EngineException("image: expected finite latents from the VAE, found NaN or infinity");
        }
        return LatentDistribution.of(parameters, scaling);
    }

    @Override
    public void close() {
        session.close();
    }
}
