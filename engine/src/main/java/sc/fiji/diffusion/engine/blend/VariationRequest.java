package sc.fiji.diffusion.engine.blend;

import java.util.List;
import java.util.stream.LongStream;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.pipeline.BlendedImage;
import sc.fiji.diffusion.engine.pipeline.NoiseBlend;
import sc.fiji.diffusion.engine.pipeline.PromptBlend;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.provenance.Provenance;

/**
 * A request for variations of a picture: the same prompt and settings, with noise a part of the way from the picture's
 * to that of other seeds. AUTOMATIC1111's variation seed and strength are the same idea with two differences: there the
 * angle is taken column by column of the latents, here once of the whole, and there noise that schedulers add later is
 * the picture's alone, here it is varied too; so the pictures are others.
 *
 * @param settings of the picture that is varied, with its prompt and its seed; the batch size is the number of variations
 * @param strength how far to go, 0 to 1: 0 is the picture itself, 1 that of the other seed, to the bit
 * @param variationSeed of the noise that the first variation goes towards, 0 or more; variation i goes towards that of
 *     {@code variationSeed + i}
 */
public record VariationRequest(TextToImageRequest settings, double strength, long variationSeed)
        implements BlendRequest {

    /** Where the user names none: the same picture, seen again with other details. */
    public static final double DEFAULT_STRENGTH = 0.3;

    public VariationRequest {
        if (!(strength >= 0 && strength <= 1)) {
            throw new RequestException(
                    "strength: expected 0 (the picture itself) to 1 (another one), found " + strength);
        }
        if (variationSeed < 0) {
            throw new RequestException("variation seed: expected 0 or more, found " + variationSeed);
        }
    }

    @Override
    public List<BlendedImage> images() {
        PromptBlend prompt = PromptBlend.of(settings.prompt());
        return LongStream.range(0, settings.batchSize())
                .mapToObj(image ->
                        new BlendedImage(prompt, new NoiseBlend(settings.seed(), variationSeed + image, strength)))
                .toList();
    }

    @Override
    public Provenance.Task task() {
        return Provenance.Task.variation(variationSeed, strength);
    }
}
