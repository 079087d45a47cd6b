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
                NetworkSession.open(checkpoint.vaeEncoder(), AutoencoderKl::encoderGraph),
                AutoencoderKl.Scaling.of(checkpoint.vae().config()));
    }

    /** The latents of a picture whose sides the VAE's factor divides. */
    LatentDistribution encode(RgbImage image, Progress progress) {
        // Early exporters let the graph draw the latents itself.
        boolean isDrawn = !session.outputs().contains(AutoencoderKl.LATENT_PARAMETERS)
                && session.outputs().contains(AutoencoderKl.LATENT_SAMPLE);
        String output = isDrawn ? AutoencoderKl.LATENT_SAMPLE : AutoencoderKl.LATENT_PARAMETERS;
        Tensor found = session.run(Map.of(AutoencoderKl.SAMPLE, image.toEncoder()), output, progress);
        if (!found.isFinite()) {
            throw new EngineException("image: expected finite latents from the VAE, found NaN or infinity");
        }
        return isDrawn ? LatentDistribution.certain(found, scaling) : LatentDistribution.of(found, scaling);
    }

    @Override
    public void close() {
        session.close();
    }
}
