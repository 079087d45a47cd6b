package sc.fiji.diffusion.engine.blend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sc.fiji.diffusion.engine.RequestException;

class WalkTest {

    @Test
    void anOpenWalkEndsAtTheLastKeyframe() {
        assertEquals(
                List.of(
                        "seed 7, a",
                        "seed 7 to 8 at 0.5, a to b at 0.5",
                        "seed 8, b",
                        "seed 8 to 9 at 0.5, b to c at 0.5",
                        "seed 9, c"),
                labels(5, false));
    }

    @Test
    void aClosedWalkComesBackAndEndsOneFrameBeforeItsBeginning() {
        assertEquals(
                List.of(
                        "seed 7, a",
                        "seed 7 to 8 at 0.5, a to b at 0.5",
                        "seed 8, b",
                        "seed 8 to 9 at 0.5, b to c at 0.5",
                        "seed 9, c",
                        "seed 9 to 7 at 0.5, c to a at 0.5"),
                labels(6, true));
    }

    @Test
    void framesLieEvenlyWhereKeyframesFallBetweenThem() {
        assertEquals(
                List.of(
                        "seed 7, a",
                        "seed 7 to 8 at 0.6667, a to b at 0.6667",
                        "seed 8 to 9 at 0.3333, b to c at 0.3333",
                        "seed 9, c"),
                labels(4, false));
    }

    @ParameterizedTest
    @CsvSource({"2, false", "7, false", "1024, false", "2, true", "7, true", "1024, true"})
    void theFirstFrameIsTheFirstKeyframeAndTheLastOfAnOpenWalkTheLast(int frames, boolean closed) {
        List<BlendedImage> images = new Walk(Keyframe.of(List.of("a", "b"), List.of(1L, 2L)), frames, closed).images();
        assertEquals(frames, images.size());
        assertEquals(new PromptBlend("a", "b", 0), images.get(0).prompt());
        assertEquals(new NoiseBlend(1, 2, 0), images.get(0).noise());
        BlendedImage last = images.get(frames - 1);
        assertEquals(closed ? 2.0 * (frames - 1) / frames % 1 : 0, last.noise().position(), 1e-12);
        assertEquals(2, last.noise().from());
    }

    @Test
    void oneSeedOrOnePromptStaysThroughTheWholeWalk() {
        assertEquals(List.of(new Keyframe("a", 7), new Keyframe("b", 7)), Keyframe.of(List.of("a", "b"), List.of(7L)));
        assertEquals(List.of(new Keyframe("a", 7), new Keyframe("a", 8)), Keyframe.of(List.of("a"), List.of(7L, 8L)));
    }

    @Test
    void whatCanBeNoWalkIsRefused() {
        assertEquals(
                "prompt: expected two or more, with | between them, or two or more seeds, found 1 of both",
                refusal(List.of("a"), List.of(7L), 5));
        assertEquals(
                "seeds: expected one, or as many as there are prompts (3), found 2",
                refusal(List.of("a", "b", "c"), List.of(7L, 8L), 5));
        assertEquals(
                "frames: expected 3 or more, as there are that many prompts or seeds, found 2",
                refusal(List.of("a", "b", "c"), List.of(7L), 2));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "a | b, a;b",
                "\" a \", a",
                "a\\|b | c, a|b;c",
                "\"a\n\n  b\r\nc\n\", a;b;c",
                "\"\", \"\"",
                "a||b, a;;b",
                "(a:1.2)|[b], (a:1.2);[b]"
            })
    void promptsAreDividedByBarsAndLines(String text, String prompts) {
        assertEquals(prompts, String.join(";", PromptList.of(text)));
    }

    private static String refusal(List<String> prompts, List<Long> seeds, int frames) {
        return assertThrows(RequestException.class, () -> new Walk(Keyframe.of(prompts, seeds), frames, false))
                .getMessage();
    }

    private static List<String> labels(int frames, boolean closed) {
        return walk(frames, closed).images().stream().map(BlendedImage::label).toList();
    }

    private static Walk walk(int frames, boolean closed) {
        return new Walk(Keyframe.of(List.of("a", "b", "c"), List.of(7L, 8L, 9L)), frames, closed);
    }
}
