package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.job.TextToImageJob;
import sc.fiji.diffusion.engine.pipeline.PromptReading;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;
import sc.fiji.diffusion.form.FieldValues;

class TextToImageRulesTest {

    private static final Checkpoint EMBEDDED = Checkpoint.open(Models.locate(Models.EMBEDDED));
    private static final int NATIVE_SIZE = EMBEDDED.nativeSize();

    private final TextToImageRules rules = new TextToImageRules(null);

    @Test
    void whatIsLeftOutTakesWhatSuitsTheModelAndTheEnginesDefaults() {
        FieldValues values = rules.complete(FieldValues.none().with("prompt", "nuclei"));
        rules.check(values);
        TextToImageJob job = rules.job(values);
        TextToImageRequest expected = TextToImageRequest.of("nuclei", NATIVE_SIZE, NATIVE_SIZE)
                .withGuidanceScale(EMBEDDED.guidanceScale())
                .withSeed(job.request().seed());
        assertEquals(new TextToImageJob(Models.EMBEDDED, expected), job);
    }

    @Test
    void aSingleFileIsAModelToo(@TempDir Path folder) throws IOException {
        Path reference = reference();
        Path file = Files.copy(
                reference.resolve("single-file").resolve("sd15.safetensors"), folder.resolve("model.safetensors"));
        for (String config : List.of("unet/config.json", "vae/config.json", "text_encoder/config.json")) {
            Path copy = folder.resolve("model").resolve(config);
            Files.createDirectories(copy.getParent());
            Files.copy(reference.resolve("sd15").resolve(config), copy);
        }
        FieldValues values =
                rules.complete(FieldValues.none().with("prompt", "nuclei").with("model", " " + file + " "));
        rules.check(values);
        assertEquals("64", values.text("width"));
        assertEquals(file.toString(), rules.job(values).model());
    }

    private static Path reference() {
        for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            Path folder = above.resolve("shared").resolve("reference");
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        return Assumptions.abort("../shared/reference is not here");
    }

    @Test
    void whatIsGivenIsUsed() {
        FieldValues values = rules.complete(new FieldValues(Map.of(
                "width",
                "64",
                "height",
                "32",
                "steps",
                "3",
                "guidance",
                "5",
                "scheduler",
                "Euler a",
                "seed",
                "42",
                "count",
                "2",
                "negative",
                "red",
                "prompt",
                "green")));
        TextToImageRequest expected = new TextToImageRequest(
                "green", "red", 64, 32, 3, 5, SchedulerChoice.named("euler_a"), 42, 2, PromptReading.USUAL);
        assertEquals(expected, rules.job(values).request());
    }

    @Test
    void aRandomSeedIsDrawnAnewForEveryJob() {
        FieldValues values = rules.complete(FieldValues.none());
        assertNotEquals(
                rules.job(values).request().seed(), rules.job(values).request().seed());
    }

    @Test
    void valuesThatCanNotBeUsedAreRefusedWithTheNameOfTheField() {
        assertRefused("width", "100", "width: expected a multiple of");
        assertRefused("height", "-8", "height: expected 1 to 16384, found -8");
        assertRefused("steps", "0", "steps: expected 1 to 1000, found 0");
        assertRefused("guidance", "much", "guidance: expected a number, found \"much\"");
        assertRefused("scheduler", "fastest", "scheduler: expected one of default, dpmpp_2m_karras");
        assertRefused("seed", "-2", "seed: expected 0 or more, or -1 for a random one, found -2");
        assertRefused("count", "0", "count: expected 1 or more, found 0");
        assertRefused("append", "true", "append: expected an open RGB image or stack");
        assertRefused("prompt", "antibody (1:1000)", "prompt: expected weights from -10 to 10, found 1000.0 for \"1\"");
        assertRefused("model", "no-such-folder", "no-such-folder: expected a model's folder");
    }

    @Test
    void anImageOfAnotherSizeIsRefusedAsATargetBeforeAnythingIsMade() {
        TextToImageRules withImage = new TextToImageRules(IJ.createImage("small", "RGB", 8, 8, 1));
        FieldValues values = withImage.complete(FieldValues.none().with("append", "true"));
        RequestException e = assertThrows(RequestException.class, () -> withImage.check(values));
        assertTrue(e.getMessage().endsWith("found 8x8 in small"), e.getMessage());
    }

    @Test
    void anotherModelBringsItsValuesAlongButNotOverWhatWasTyped(@TempDir Path folder) throws IOException {
        Path turbo = copyOfTheEmbeddedModel(folder.resolve("micrograph-turbo"));
        FieldValues complete = rules.complete(FieldValues.none());
        assertEquals("25", complete.text("steps"));
        FieldValues typing =
                rules.adjusted(complete, complete.with("model", "typing").with("width", "64"));
        assertEquals("64", typing.text("width"));
        FieldValues adjusted = rules.adjusted(typing, typing.with("model", turbo.toString()));
        assertEquals("64", adjusted.text("width"), "typed");
        assertEquals(Integer.toString(NATIVE_SIZE), adjusted.text("height"));
        assertEquals("4", adjusted.text("steps"));
        FieldValues back = rules.adjusted(adjusted, adjusted.with("model", Models.EMBEDDED));
        assertEquals("25", back.text("steps"));
        assertEquals("64", back.text("width"));
        FieldValues steps = rules.adjusted(back, back.with("steps", "9"));
        assertEquals(
                "9",
                rules.adjusted(steps, steps.with("model", turbo.toString())).text("steps"));
    }

    /** Its folder's name alone says that it was distilled. */
    private static Path copyOfTheEmbeddedModel(Path folder) throws IOException {
        Path original = EMBEDDED.path();
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.toList()) {
                Path copy = folder.resolve(original.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        Path index = folder.resolve("model_index.json");
        Files.writeString(index, Files.readString(index).replaceAll("\"_guidance_scale\": *[0-9.]+,?", ""));
        return folder;
    }

    @Test
    void anUnusualSizeIsToldOfWithTheMemoryThatItTakes() {
        FieldValues values = rules.complete(FieldValues.none());
        assertEquals(Optional.empty(), rules.note(values));
        String note = rules.note(values.with("width", "256")).orElseThrow();
        assertTrue(note.startsWith("256 x 128 pixels, other than the 128 x 128"), note);
        assertTrue(note.matches(".* take about [0-9.]+ GB of memory; .*"), note);
    }

    private void assertRefused(String key, String text, String message) {
        FieldValues values = rules.complete(FieldValues.none()).with(key, text);
        DiffusionException e = assertThrows(DiffusionException.class, () -> rules.check(values));
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }
}
