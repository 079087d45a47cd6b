package sc.fiji.diffusion.engine.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.blend.BlendKind;
import sc.fiji.diffusion.engine.blend.BlendedImage;
import sc.fiji.diffusion.engine.blend.Keyframe;
import sc.fiji.diffusion.engine.blend.Variations;
import sc.fiji.diffusion.engine.blend.Walk;
import sc.fiji.diffusion.engine.prompt.PromptSyntax;

class ProvenanceJsonTest {

    private final Provenance full = Provenances.full();

    @Test
    void whatIsWrittenIsReadBack() {
        assertEquals(full, Provenance.fromJson(full.toJson()));
        assertEquals(new History(List.of(full)), History.fromJson(full.toJson()));
    }

    @Test
    void aHistoryKeepsAllEntriesInTheirOrder() {
        History history =
                History.NONE.and(full.withTask(new Task.TextToImage())).and(full);
        assertEquals(history, History.fromJson(history.toJson()));
        assertEquals(full, history.last());
        assertFalse(history.keepsMeasured());
        assertTrue(History.NONE.and(full).keepsMeasured());
    }

    @Test
    void everyTaskIsReadBack() {
        for (Task task : List.of(
                new Task.TextToImage(),
                new Task.ImageToImage(0.3),
                new Task.Instruction(1.5),
                new Task.Inpainting(1, Optional.empty(), Optional.empty()),
                new Task.Upscaling(0.25, 512, 0.125),
                new Task.Blend(BlendKind.VARIATION, new Variations(0.1 + 0.2, 5, 3).images("a", 1)),
                new Task.Blend(
                        BlendKind.INTERPOLATION,
                        new Walk(Keyframe.of(List.of("a", "b"), List.of(1L, Long.MAX_VALUE)), 7, true).images()))) {
            assertEquals(task, Provenance.fromJson(full.withTask(task).toJson()).task());
        }
    }

    @Test
    void aPictureBetweenOthersKnowsItsOwnPlaceAlone() {
        List<BlendedImage> images =
                new Walk(Keyframe.of(List.of("a", "b", "c"), List.of(1L, 2L, 3L)), 3, false).images();
        Provenance second =
                full.withTask(new Task.Blend(BlendKind.INTERPOLATION, images)).ofImage(1);
        assertEquals(new Task.Blend(BlendKind.INTERPOLATION, images.subList(1, 2)), second.task());
        assertEquals("b", second.prompt());
        assertEquals(2, second.seed());
        assertEquals(1, second.sampling().batchSize());
        assertTrue(second.text().contains("\nImage 1: seed 2, b\n"), second.text());
    }

    @Property
    void anyTextIsReadBack(@ForAll String prompt, @ForAll String negative, @ForAll PromptSyntax syntax) {
        Provenance of = new Provenance(
                full.task(),
                new Texts(prompt, negative, syntax, 0),
                full.sampling(),
                full.model(),
                full.source(),
                full.image(),
                full.resultSha256(),
                full.watermark(),
                full.computation(),
                full.created());
        assertEquals(of, Provenance.fromJson(of.toJson()));
    }

    @Test
    void unknownKeysArePassedOver() {
        JsonObject json = JsonParser.parseString(full.toJson()).getAsJsonObject();
        json.addProperty("mood", "sunny");
        json.getAsJsonObject("model").addProperty("colour", "blue");
        assertEquals(full, Provenance.fromJson(json.toString()));
    }

    @Test
    void aLaterVersionIsRefusedByName() {
        JsonObject json = JsonParser.parseString(full.toJson()).getAsJsonObject();
        json.addProperty("version", 2);
        assertRefused("version 1, found 2", json.toString());
    }

    @Test
    void everyKeyThatIsMissingOrOfAnotherTypeIsReadOrRefusedWithOneSentence() {
        JsonObject whole = JsonParser.parseString(full.toJson()).getAsJsonObject();
        for (String key : whole.keySet()) {
            JsonObject without = whole.deepCopy();
            without.remove(key);
            readOrRefused(key, without);
            JsonObject other = whole.deepCopy();
            other.addProperty(key, true);
            readOrRefused(key, other);
        }
    }

    private static void readOrRefused(String key, JsonObject json) {
        try {
            Provenance.fromJson(json.toString());
        } catch (RequestException e) {
            assertTrue(e.getMessage().startsWith("provenance: "), key + ": " + e.getMessage());
            assertEquals(1, e.getMessage().lines().count(), key);
        }
    }

    @Test
    void numbersThatAreNoneAreRefused() {
        assertRefused("seed", full.toJson().replace("\"seed\":" + (1L << 60), "\"seed\":-2"));
        assertRefused("strength", full.toJson().replace("\"strength\":0.5", "\"strength\":1e999"));
        assertRefused("steps", full.toJson().replace("\"steps\":25", "\"steps\":2.5"));
        assertRefused("bounds", full.toJson().replace("\"bounds\":[2,3,5,4]", "\"bounds\":[2,3,50,4]"));
    }

    @Test
    void deepNestingIsRefused() {
        assertRefused("provenance", "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000));
    }

    private static void assertRefused(String part, String json) {
        RequestException refusal = assertThrows(RequestException.class, () -> Provenance.fromJson(json));
        assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
    }

    @Test
    void oneOfABatchHasItsOwnSeed() {
        assertEquals(full.seed() + 2, full.ofImage(2).seed());
        assertEquals(1, full.ofImage(2).sampling().batchSize());
        assertThrows(IndexOutOfBoundsException.class, () -> full.ofImage(3));
    }
}
