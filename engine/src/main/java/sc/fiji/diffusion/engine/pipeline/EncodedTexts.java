package sc.fiji.diffusion.engine.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The texts that were encoded last, so that many images of one text, the slices of a stack or the tiles of an upscaled
 * picture, encode it once.
 */
final class EncodedTexts {

    /** What a user goes back and forth between. One takes a megabyte or two. */
    private static final int MOST = 8;

    /**
     * What the encoders are given.
     *
     * @param negativePrompt empty if there is none, or it is not used
     */
    private record Texts(String prompt, Optional<String> negativePrompt, PromptReading reading) {}

    private final Map<Texts, List<TextConditioning>> encoded = new LinkedHashMap<>();

    /** What was made of a request's texts before, or else is made now. */
    List<TextConditioning> of(
            TextToImageRequest request, boolean withNegativePrompt, Supplier<List<TextConditioning>> encode) {
        Texts texts = new Texts(
                request.prompt(),
                withNegativePrompt ? Optional.of(request.negativePrompt()) : Optional.empty(),
                request.reading());
        List<TextConditioning> known = encoded.remove(texts);
        List<TextConditioning> found = known == null ? encode.get() : known;
        encoded.put(texts, found);
        if (encoded.size() > MOST) {
            encoded.remove(encoded.keySet().iterator().next());
        }
        return found;
    }

    /** Others would be made now. */
    void forget() {
        encoded.clear();
    }
}
