package sc.fiji.diffusion.engine.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** The one asked for last is the last. */
    private final Map<Texts, List<TextConditioning>> encoded = new LinkedHashMap<>();

    /** What was made of a request's texts, if it is known. */
    Optional<List<TextConditioning>> find(TextToImageRequest request, boolean withNegativePrompt) {
        Texts texts = texts(request, withNegativePrompt);
        List<TextConditioning> known = encoded.remove(texts);
        if (known != null) {
            encoded.put(texts, known);
        }
        return Optional.ofNullable(known);
    }

    /** Keeps what was made, in place of what was not asked for for longest. */
    void keep(TextToImageRequest request, boolean withNegativePrompt, List<TextConditioning> made) {
        encoded.put(texts(request, withNegativePrompt), made);
        if (encoded.size() > MOST) {
            encoded.remove(encoded.keySet().iterator().next());
        }
    }

    private static Texts texts(TextToImageRequest request, boolean withNegativePrompt) {
        return new Texts(
                request.prompt(),
                withNegativePrompt ? Optional.of(request.negativePrompt()) : Optional.empty(),
                request.reading());
    }

    /** Others would be made now. */
    void forget() {
        encoded.clear();
    }
}
