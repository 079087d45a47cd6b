package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.prompt.PromptSyntax;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** Prompts of more than one chunk, with weights, all the way to a picture. */
class LongPromptTest {

    private static final String PHRASE = "many green nuclei on a dark background, ";
    /** 25 phrases of 8 tokens. */
    private static final String LONG = PHRASE.repeat(25);

    @Test
    void everyPartOfALongPromptIsSeenByTheBuiltInModel() {
        seesTheEnd(Models.locate(Models.EMBEDDED), 128);
    }

    @Test
    void everyPartOfALongPromptIsSeenByTheReference() {
        seesTheEnd(Reference.folder().resolve("sd15"), 64);
    }

    @Test
    void everyPartOfALongPromptIsSeenByXl() {
        seesTheEnd(Reference.folder().resolve("sdxl"), 64);
    }

    @Test
    void provenanceSaysHowThePromptWasRead() {
        try (DiffusionPipeline pipeline =
                DiffusionPipeline.open(Checkpoint.open(Models.locate(Models.EMBEDDED)), Progress.NONE)) {
            TextToImageRequest request = TextToImageRequest.of("(red:1.3) beads", 64, 64)
                    .withSteps(1)
                    .withClipSkip(1);
            String text =
                    pipeline.textToImage(request, Progress.NONE).provenance().text();
            for (String line : List.of("Prompt: (red:1.3) beads\n", "Prompt syntax: weighted\n", "Clip skip: 1\n")) {
                assertTrue(text.contains(line), line + " in\n" + text);
            }
            String plain = pipeline.textToImage(request.withSyntax(PromptSyntax.PLAIN), Progress.NONE)
                    .provenance()
                    .text();
            assertTrue(plain.contains("Prompt syntax: plain\n"), plain);
        }
    }

    private static void seesTheEnd(Path model, int size) {
        try (DiffusionPipeline pipeline = DiffusionPipeline.open(Checkpoint.open(model), Progress.NONE)) {
            TextToImageRequest request = request(LONG, size);
            float[] latents = latents(pipeline, request);
            assertArrayEquals(latents, latents(pipeline, request), "the same again");
            assertFalse(
                    Arrays.equals(latents, latents(pipeline, request(LONG + "(red:1.4) beads", size))),
                    "the last words count");
            assertFalse(
                    Arrays.equals(latents, latents(pipeline, request.withNegativePrompt(LONG + "red beads"))),
                    "the negative prompt's too");
        }
    }

    private static TextToImageRequest request(String prompt, int size) {
        return TextToImageRequest.of(prompt, size, size)
                .withSteps(2)
                .withSeed(1)
                .withGuidanceScale(3);
    }

    private static float[] latents(DiffusionPipeline pipeline, TextToImageRequest request) {
        Tensor latents = pipeline.textToImage(request, Progress.NONE).latents();
        assertTrue(latents.isFinite());
        assertEquals(1, latents.size(0));
        return latents.values();
    }
}
