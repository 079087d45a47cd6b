package sc.fiji.diffusion.engine.pipeline;

import java.util.List;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * What a job made.
 *
 * @param images as many as were asked for, in the order of their seeds
 * @param latents the final latents {@code [N, latent channels, h/factor, w/factor]}, scaled as the UNet sees them
 *     (diffusers' {@code output_type="latent"})
 * @param provenance how the images came to be
 */
public record GenerationResult(List<GeneratedImage> images, Tensor latents, Provenance provenance) {

    public GenerationResult {
        images = List.copyOf(images);
    }
}
