package sc.fiji.diffusion.engine.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.adapter.Adaptation;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.network.Autoencoder;
import sc.fiji.diffusion.engine.network.UNet2DCondition;
import sc.fiji.diffusion.engine.tensor.AnyTensor;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** The UNet with classifier-free guidance (Ho and Salimans 2022): one prediction from latents, timestep and text. */
final class Denoiser implements AutoCloseable {

    private final AdaptedSession session;
    private final boolean forInpainting;
    private final GuidanceInputs guidanceInputs;

    private Denoiser(AdaptedSession session, boolean forInpainting, GuidanceInputs guidanceInputs) {
        this.session = session;
        this.forInpainting = forInpainting;
        this.guidanceInputs = guidanceInputs;
    }

    static Denoiser open(Checkpoint checkpoint, Adaptation adaptation) {
        int taken = UNet2DCondition.inChannels(checkpoint.unet());
        int latent = Autoencoder.of(checkpoint.vae()).latentChannels();
        int inpainting = 2 * latent + 1;
        if (taken != latent && taken != inpainting) {
            throw new CheckpointException(checkpoint.unet().config().path() + ": in_channels: expected " + latent
                    + ", the channels of the VAE's latents, or " + inpainting + ", those of an inpainting model, found "
                    + taken);
        }
        GuidanceInputs guidanceInputs = GuidanceInputs.of(checkpoint);
        AdaptedSession session = AdaptedSession.open(checkpoint.unet(), UNet2DCondition::graph, adaptation);
        return new Denoiser(session, taken == inpainting, guidanceInputs);
    }

    /** The network's session, for LoRAs. */
    AdaptedSession session() {
        return session;
    }

    /** Whether it takes {@code [N, 2·latent channels + 1, h, w]}: latents, mask, and masked latents. */
    boolean isForInpainting() {
        return forInpainting;
    }

    /** What it wants to be told. */
    GuidanceInputs guidanceInputs() {
        return guidanceInputs;
    }

    /**
     * What is noise in the latents, as the text and the guidance scale see it.
     *
     * @param latents {@code [1, in channels, h, w]}, scaled as the scheduler says
     * @param guidance what to be guided by
     * @return {@code [1, latent channels, h, w]}
     */
    Tensor predict(Tensor latents, float timestep, Guidance guidance, Progress progress) {
        Map<String, AnyTensor> inputs = new LinkedHashMap<>(guidance.inputs());
        inputs.put(UNet2DCondition.SAMPLE, latents.repeated(guidance.rows()));
        inputs.put(UNet2DCondition.TIMESTEP, Tensor.of(new float[] {timestep}, 1));
        return guidance.combine(session.run(inputs, UNet2DCondition.OUT_SAMPLE, progress));
    }

    @Override
    public void close() {
        session.close();
    }
}
