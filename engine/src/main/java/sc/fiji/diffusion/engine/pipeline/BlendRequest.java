package sc.fiji.diffusion.engine.pipeline;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.blend.BlendKind;
import sc.fiji.diffusion.engine.blend.BlendedImage;
import sc.fiji.diffusion.engine.blend.Variations;
import sc.fiji.diffusion.engine.blend.Walk;

/**
 * A request for images that lie between others. Immutable and checked when made.
 *
 * @param settings what all images have in common; its prompt, seed and batch size become those of the images
 * @param kind what they are made for
 * @param images where each lies, at least 1
 */
public record BlendRequest(TextToImageRequest settings, BlendKind kind, List<BlendedImage> images) {

    public BlendRequest {
        Objects.requireNonNull(kind, "kind");
        images = List.copyOf(images);
        if (images.isEmpty()) {
            throw new RequestException("images: expected at least one, found none");
        }
        // A request checks its prompt.
        for (BlendedImage image : images) {
            settings = settings.withPrompt(image.prompt().to())
                    .withPrompt(image.prompt().from());
        }
        BlendedImage first = images.get(0);
        settings = settings.withPrompt(first.prompt().from())
                .withSeed(first.noise().from())
                .withBatchSize(images.size());
    }

    /** Of the picture that the settings make. */
    public static BlendRequest of(TextToImageRequest settings, Variations variations) {
        return new BlendRequest(settings, BlendKind.VARIATION, variations.images(settings.prompt(), settings.seed()));
    }

    /** @param settings of which the prompt and the seed play no part */
    public static BlendRequest of(TextToImageRequest settings, Walk walk) {
        return new BlendRequest(settings, BlendKind.INTERPOLATION, walk.images());
    }

    /** The images of a request as it is: one prompt, and one seed after the other. */
    static List<BlendedImage> images(TextToImageRequest request) {
        return LongStream.range(0, request.batchSize())
                .mapToObj(image -> BlendedImage.of(request.prompt(), request.seed() + image))
                .toList();
    }
}
