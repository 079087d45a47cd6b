package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.prompt.PromptSyntax;

class TextToImageRequestTest {

    private final TextToImageRequest request = TextToImageRequest.of("beads", 64, 64);

    @Test
    void nonsenseIsRefusedWithTheFieldTheBoundsAndTheValue() {
        assertMessage("steps: expected 1 to 1000, found 0", () -> request.withSteps(0));
        assertMessage("batch: expected 1 to 1024, found -1", () -> request.withBatchSize(-1));
        assertMessage("guidance: expected 0 to 100, found NaN", () -> request.withGuidanceScale(Double.NaN));
        assertMessage("seed: expected 0 or more, found -5", () -> request.withSeed(-5));
        assertMessage("width: expected 1 to 16384, found 0", () -> TextToImageRequest.of("", 0, 64));
        assertMessage("clip skip: expected 0 to 1000, found -1", () -> request.withClipSkip(-1));
        assertMessage("height: expected 1 to 16384, found 99999", () -> TextToImageRequest.of("", 64, 99999));
    }

    @Test
    void guidanceOfOneOrLessNeedsNoSecondPrediction() {
        assertTrue(request.usesGuidance());
        assertFalse(request.withGuidanceScale(1).usesGuidance());
        assertFalse(request.withGuidanceScale(0).usesGuidance());
    }

    @Test
    void weightsThatNoPictureCanFollowAreRefusedButNotInPlainPrompts() {
        TextToImageRequest plain = request.withSyntax(PromptSyntax.PLAIN).withNegativePrompt("antibody (1:1000)");
        assertEquals("antibody (1:1000)", plain.negativePrompt());
        assertMessage(
                "negative prompt: expected weights from -10 to 10, found 1000.0 for \"1\"; brackets that are no weight"
                        + " are written \\( and \\)",
                () -> plain.withSyntax(PromptSyntax.WEIGHTED));
    }

    private static void assertMessage(String expected, Executable making) {
        assertEquals(expected, assertThrows(RequestException.class, making).getMessage());
    }
}
