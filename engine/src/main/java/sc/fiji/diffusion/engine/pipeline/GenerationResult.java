package sc.fiji.diffusion.engine.pipeline;

import java.util.List;
import java.util.function.UnaryOperator;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;
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

    /** The same with images of another size. */
    public GenerationResult resized(int width, int height) {
        return withImages(image -> Resampling.resized(image, width, height))
                .with(provenance -> provenance.resized(width, height));
    }

    /** The same with something done to each image, which keeps its size or has its provenance changed too. */
    public GenerationResult withImages(UnaryOperator<RgbImage> change) {
        return new GenerationResult(
                images.stream()
                        .map(image -> new GeneratedImage(change.apply(image.image()), image.seed()))
                        .toList(),
                latents,
                provenance);
    }

    /** The same with more known of how it came to be. */
    public GenerationResult with(UnaryOperator<Provenance> change) {
        return new GenerationResult(images, latents, change.apply(provenance));
    }
}
