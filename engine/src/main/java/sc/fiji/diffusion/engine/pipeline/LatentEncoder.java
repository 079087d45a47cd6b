package sc.fiji.diffusion.engine.pipeline;

import java.util.Map;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.network.Autoencoder;
import sc.fiji.diffusion.engine.runtime.InferenceSession;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** From pixels to latents. */
final class LatentEncoder implements AutoCloseable {

    private final InferenceSession session;
    private final Autoencoder autoencoder;
    private final VaeRun run;

    private LatentEncoder(InferenceSession session, Autoencoder autoencoder, VaeMemory memory) {
        this.session = session;
        this.autoencoder = autoencoder;
        this.run = new VaeRun(memory);
    }

    static LatentEncoder open(Checkpoint checkpoint, Execution execution) {
        return open(checkpoint, execution, VaeMemory.of(checkpoint));
    }

    /** @param memory that it may take */
    static LatentEncoder open(Checkpoint checkpoint, Execution execution, VaeMemory memory) {
        Autoencoder autoencoder = Autoencoder.of(checkpoint.vae());
        return new LatentEncoder(
                NetworkSession.open(
                        checkpoint.vaeEncoder(),
                        component -> autoencoder.encoderGraph(execution.form()),
                        execution.device()),
                autoencoder,
                memory);
    }

    /** The latents of a picture whose sides the VAE's factor divides, encoded in tiles where memory wants it. */
    LatentDistribution encode(RgbImage image, Progress progress) {
        // Early exporters let the graph draw the latents itself.
        String usual = autoencoder.encoderOutput();
        String output = session.outputs().contains(usual) ? usual : Autoencoder.LATENT_SAMPLE;
        Tensor pixels = image.toEncoder();
        Tensor found = run.of(
                new Size(image.width(), image.height()),
                tiles -> tiles.encoded(
                        pixels, tile -> session.runLast(Map.of(Autoencoder.SAMPLE, tile), output, progress)));
        if (!found.isFinite()) {
            throw new EngineException("image: expected finite latents from the VAE, found NaN or infinity");
        }
        return output.equals(Autoencoder.LATENT_PARAMETERS)
                ? LatentDistribution.of(found, autoencoder.scaling())
                : LatentDistribution.exactly(found, autoencoder.scaling());
    }

    @Override
    public void close() {
        session.close();
    }
}
