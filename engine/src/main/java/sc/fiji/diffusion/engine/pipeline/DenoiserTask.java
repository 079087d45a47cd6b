package sc.fiji.diffusion.engine.pipeline;

import java.util.List;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint;
import sc.fiji.diffusion.engine.network.Autoencoder;
import sc.fiji.diffusion.engine.network.UNet2DCondition;

/** What a UNet was trained for, which the channels that it takes tell. */
enum DenoiserTask {
    /** Takes {@code [N, latent channels, h, w]}. */
    WHOLE_IMAGES("a model that makes whole images"),
    /** Takes {@code [N, 2·latent channels + 1, h, w]}: latents, mask, and masked latents. */
    INPAINTING("a model for inpainting"),
    /** Takes {@code [N, 2·latent channels, h, w]}: latents, and those of the picture that an instruction is for. */
    INSTRUCTIONS("a model that follows instructions for an image (InstructPix2Pix)");

    private final String description;

    DenoiserTask(String description) {
        this.description = description;
    }

    static DenoiserTask of(Checkpoint checkpoint) {
        int taken = UNet2DCondition.inChannels(checkpoint.unet());
        int latent = Autoencoder.of(checkpoint.vae()).latentChannels();
        if (taken == latent) {
            return WHOLE_IMAGES;
        }
        if (taken == 2 * latent + 1) {
            return INPAINTING;
        }
        if (taken == 2 * latent) {
            return INSTRUCTIONS;
        }
        throw new CheckpointException(checkpoint.unet().config().path() + ": in_channels: expected " + latent
                + ", the channels of the VAE's latents, " + (2 * latent + 1) + ", those of an inpainting model, or "
                + 2 * latent + ", those of one that follows instructions, found " + taken);
    }

    /** @throws RequestException if it is not this one */
    void require(DenoiserTask found, String model) {
        if (found != this) {
            throw new RequestException(
                    "model: expected " + description + ", found " + model + ", " + found.description);
        }
    }

    /** @throws RequestException if such a model can't be steered by ControlNets */
    void requireTakes(List<ControlNetCheckpoint> controlNets, Checkpoint checkpoint) {
        if (!controlNets.isEmpty() && checkpoint.unet().graph().isPresent()) {
            throw new RequestException("ControlNet: expected a model with safetensors weights, found "
                    + checkpoint.name() + ", whose UNet was exported without inputs for it");
        }
        if (this == INSTRUCTIONS && !controlNets.isEmpty()) {
            throw new RequestException("ControlNet: expected a model that makes whole images or inpaints, found "
                    + checkpoint.name() + ", " + description);
        }
    }
}
