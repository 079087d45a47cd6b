package sc.fiji.diffusion.engine.pipeline;

import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.adapter.ModelAdaptation;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;

/**
 * The networks of one model, opened together and closed together.
 *
 * @param promptEncoder text to hidden states
 * @param denoiser latents to noise
 * @param decoder latents to pixels
 */
record OpenedNetworks(PromptEncoder promptEncoder, Denoiser denoiser, LatentDecoder decoder) implements AutoCloseable {

    private static final int COUNT = 3;

    /** Opens all of them, or none; the largest first, which takes most memory meanwhile. */
    static OpenedNetworks open(
            Checkpoint checkpoint, PipelineOptions options, ModelAdaptation adaptation, Progress progress) {
        progress.report(Progress.Stage.LOADING, 0, COUNT);
        Denoiser denoiser = Denoiser.open(checkpoint, options, adaptation.unet(), progress);
        try {
            loaded(1, progress);
            PromptEncoder promptEncoder = PromptEncoder.open(checkpoint, adaptation, options.execution());
            try {
                loaded(2, progress);
                LatentDecoder decoder = LatentDecoder.open(checkpoint, options.execution());
                loaded(COUNT, progress);
                return new OpenedNetworks(promptEncoder, denoiser, decoder);
            } catch (RuntimeException e) {
                promptEncoder.close();
                throw e;
            }
        } catch (RuntimeException e) {
            denoiser.close();
            throw e;
        }
    }

    /** Opens those networks anew that adapters change otherwise than before; the others stay. */
    void adapt(ModelAdaptation wanted, Progress progress) {
        boolean text = promptEncoder.differsFrom(wanted);
        boolean unet = denoiser.session().differsFrom(wanted.unet());
        if (!text && !unet) {
            return;
        }
        progress.report(Progress.Stage.LOADING, 0, COUNT);
        promptEncoder.adapt(wanted);
        loaded(1, progress);
        denoiser.session().adapt(wanted.unet());
        loaded(COUNT, progress);
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
