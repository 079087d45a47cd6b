package sc.fiji.diffusion.engine.pipeline;

import java.util.List;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint;

/**
 * The networks of one model, opened together and closed together.
 *
 * @param promptEncoder text to hidden states
 * @param denoiser latents to noise
 * @param decoder latents to pixels
 */
record OpenedNetworks(PromptEncoder promptEncoder, Denoiser denoiser, LatentDecoder decoder) implements AutoCloseable {

    private static final int COUNT = 3;

    /** Opens all of them, or none. */
    static OpenedNetworks open(Checkpoint checkpoint, List<ControlNetCheckpoint> controlNets, Progress progress) {
        progress.report(Progress.Stage.LOADING, 0, COUNT);
        PromptEncoder promptEncoder = PromptEncoder.open(checkpoint);
        try {
            loaded(1, progress);
            Denoiser denoiser = Denoiser.open(checkpoint, controlNets);
            try {
                loaded(2, progress);
                LatentDecoder decoder = LatentDecoder.open(checkpoint);
                loaded(COUNT, progress);
                return new OpenedNetworks(promptEncoder, denoiser, decoder);
            } catch (RuntimeException e) {
                denoiser.close();
                throw e;
            }
        } catch (RuntimeException e) {
            promptEncoder.close();
            throw e;
        }
    }

    private static void loaded(int count, Progress progress) {
        progress.report(Progress.Stage.LOADING, count, COUNT);
        progress.checkCancelled();
    }

    @Override
    public void close() {
        decoder.close();
        denoiser.close();
        promptEncoder.close();
    }
}
