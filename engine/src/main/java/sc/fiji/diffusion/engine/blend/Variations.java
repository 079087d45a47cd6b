package sc.fiji.diffusion.engine.blend;

import java.util.List;
import java.util.stream.LongStream;
import sc.fiji.diffusion.engine.RequestException;

/**
 * Variations of a picture: its prompt, with noise a part of the way from its seed's to that of other seeds.
 * AUTOMATIC1111's variation seed and strength are the same idea with two differences: there the angle is taken column by
 * column of the latents, here once of the whole, and there noise that schedulers add later is the picture's alone, here
 * it is varied too; so the pictures are others.
 *
 * @param strength how far to go, 0 to 1: 0 is the picture itself, 1 that of the other seed, to the bit
 * @param seed of the noise that the first variation goes towards, 0 or more; variation i goes towards that of
 *     {@code seed + i}
 * @param count how many, at least 1
 */
public record Variations(double strength, long seed, int count) {

    /** Where the user names none: the same picture, seen again with other details. */
    public static final double DEFAULT_STRENGTH = 0.3;

    public Variations {
        if (!(strength >= 0 && strength <= 1)) {
            throw new RequestException(
                    "strength: expected 0 (the picture itself) to 1 (another one), found " + strength);
        }
        if (seed < 0) {
            throw new RequestException("variation seed: expected 0 or more, found " + seed);
        }
        if (count < 1) {
            throw new RequestException("count: expected 1 or more, found " + count);
        }
    }

    /** Where each variation of a picture lies. */
    public List<BlendedImage> images(String prompt, long seedOfPicture) {
        PromptBlend same = PromptBlend.of(prompt);
        return LongStream.range(0, count)
                .mapToObj(image -> new BlendedImage(same, new NoiseBlend(seedOfPicture, seed + image, strength)))
                .toList();
    }
}
