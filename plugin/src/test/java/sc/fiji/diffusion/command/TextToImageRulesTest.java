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
    void anotherModelBringsItsSizeAlong() {
        FieldValues before =
                rules.complete(FieldValues.none()).with("model", "typing").with("width", "8");
        String size = Integer.toString(NATIVE_SIZE);
        FieldValues adjusted = rules.adjusted(before, before.with("model", Models.EMBEDDED));
        assertEquals(size, adjusted.text("width"));
        assertEquals(size, adjusted.text("height"));
        FieldValues unknown = before.with("model", "typing more");
        assertEquals(unknown, rules.adjusted(before, unknown));
    }

    private void assertRefused(String key, String text, String message) {
        FieldValues values = rules.complete(FieldValues.none()).with(key, text);
        DiffusionException e = assertThrows(DiffusionException.class, () -> rules.check(values));
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }
}
