package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.tensor.Tensor;

class EncodedTextsTest {

    private final EncodedTexts texts = new EncodedTexts();
    private final List<String> encoded = new ArrayList<>();

    @Test
    void aTextIsEncodedOnceWhateverElseTheRequestSays() {
        TextToImageRequest request = TextToImageRequest.of("cells", 64, 64);
        List<TextConditioning> first = encode(request, true);
        assertSame(first, encode(request.withSeed(9).withSteps(3).withSize(8, 8), true));
        assertEquals(List.of("cells"), encoded);
    }

    @Test
    void anotherNegativePromptOrReadingIsAnotherText() {
        TextToImageRequest request = TextToImageRequest.of("cells", 64, 64);
        encode(request, true);
        encode(request, false);
        encode(request.withNegativePrompt("blur"), true);
        encode(request.withNegativePrompt("blur"), false);
        encode(request.withClipSkip(1), true);
        assertEquals(4, encoded.size(), "without guidance the negative prompt is not read");
    }

    @Test
    void theOneThatWasNotUsedForLongestIsForgotten() {
        for (int i = 0; i < 8; i++) {
            encode(TextToImageRequest.of("text " + i, 64, 64), false);
        }
        encode(TextToImageRequest.of("text 0", 64, 64), false);
        encode(TextToImageRequest.of("another", 64, 64), false);
        encode(TextToImageRequest.of("text 0", 64, 64), false);
        assertEquals(9, encoded.size(), encoded::toString);
        encode(TextToImageRequest.of("text 1", 64, 64), false);
        assertEquals("text 1", encoded.get(9));
    }

    @Test
    void nothingIsKnownAfterTheEncodersHaveChanged() {
        TextToImageRequest request = TextToImageRequest.of("cells", 64, 64);
        encode(request, true);
        texts.forget();
        encode(request, true);
        assertEquals(2, encoded.size());
    }

    private List<TextConditioning> encode(TextToImageRequest request, boolean withNegativePrompt) {
        return texts.find(request, withNegativePrompt).orElseGet(() -> {
            encoded.add(request.prompt());
            List<TextConditioning> made =
                    List.of(new TextConditioning(Tensor.of(new float[] {encoded.size()}, 1, 1, 1), Optional.empty()));
            texts.keep(request, withNegativePrompt, made);
            return made;
        });
    }
}
