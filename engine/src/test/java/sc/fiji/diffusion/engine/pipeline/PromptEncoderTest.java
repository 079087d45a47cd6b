package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.network.ClipText;
import sc.fiji.diffusion.engine.prompt.PromptSyntax;
import sc.fiji.diffusion.engine.runtime.InferenceSession;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.tensor.IntTensor;
import sc.fiji.diffusion.engine.tensor.Tensor;
import sc.fiji.diffusion.engine.tokenizer.ClipTokenizer;

/** From prompts to hidden states, on the model that ships inside, and on those of the reference. */
class PromptEncoderTest {

    private static final int TOKENS = 77;

    private Checkpoint checkpoint = Checkpoint.open(Models.locate(Models.EMBEDDED));
    private PromptEncoder encoder = PlainPrompts.open(checkpoint);

    @AfterEach
    void close() {
        encoder.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "many green nuclei on a dark background",
                "a: b, c; d-e \"f\" \\ g",
                "细胞 naïve café 😀 e\u0301 \uD83D x",
                "(plain) [brackets] \\(as\\) BREAK they are:1.5)",
            })
    void aPromptThatFitsAndHasNoWeightsIsThePlainEncodingToTheBit(String text) {
        boolean hasSigns = text.contains("(");
        TextToImageRequest request = request(text).withSyntax(hasSigns ? PromptSyntax.PLAIN : PromptSyntax.WEIGHTED);
        Tensor found = prompt(request).hiddenStates();
        assertArrayEquals(new int[] {1, TOKENS, found.size(2)}, found.shape());
        assertArrayEquals(plain(text).values(), found.values(), text);
    }

    @Test
    void escapedBracketsGiveTheNumbersOfThePlainText() {
        Tensor found = prompt(request("cells \\(nuclei\\) \\[dim\\]")).hiddenStates();
        assertArrayEquals(plain("cells (nuclei) [dim]").values(), found.values());
    }

    @Test
    void chunksAreEncodedAloneAndStandSideBySideAlongTheTokens() {
        Tensor found = prompt(request("many red beads BREAK a few blue nuclei")).hiddenStates();
        assertArrayEquals(new int[] {1, 2 * TOKENS, found.size(2)}, found.shape());
        Tensor expected = Tensor.concatenated(1, List.of(plain("many red beads"), plain("a few blue nuclei")));
        assertArrayEquals(expected.values(), found.values());
    }

    @Test
    void bothPromptsTakeAsManyTokensAsTheLongerOne() {
        TextToImageRequest request = request("beads").withNegativePrompt("dark ".repeat(160));
        List<TextConditioning> texts = encoder.encode(request, true, Progress.NONE);
        Tensor negative = texts.get(0).hiddenStates();
        Tensor positive = texts.get(1).hiddenStates();
        assertEquals(3 * TOKENS, negative.size(1));
        assertArrayEquals(negative.shape(), positive.shape());
        Tensor empty = plain("");
        assertArrayEquals(
                Tensor.concatenated(1, List.of(plain("beads"), empty, empty)).values(), positive.values());
        assertEquals(1, encoder.encode(request, false, Progress.NONE).size());
        assertEquals(TOKENS, prompt(request).hiddenStates().size(1), "alone");
    }

    @Test
    void weightsScaleTheirTokensAndKeepTheMean() {
        Tensor plain = plain("green nuclei");
        Tensor weighted = prompt(request("(green:1.5) nuclei")).hiddenStates();
        int size = plain.size(2);
        double factor = weighted.values()[0] / plain.values()[0];
        assertTrue(factor > 0.5 && factor < 1.5 && factor != 1, "factor " + factor);
        for (int i = 0; i < plain.values().length; i++) {
            double weight = i / size == 1 ? 1.5 : 1;
            assertEquals(plain.values()[i] * weight * factor, weighted.values()[i], 1e-4, "value " + i);
        }
        assertEquals(mean(plain), mean(weighted), 1e-6);
    }

    @Test
    void clipSkipIsTheHiddenStateBeforeNormalizedAndOnlyThePromptsOwn() {
        open("sd15");
        ClipTokenizer tokenizer = checkpoint.tokenizer().open();
        int[] ids = tokenizer.encode("an astronaut");
        Tensor before;
        try (InferenceSession session = InferenceSession.open(ClipText.graph(checkpoint.textEncoder()))) {
            before = session.run(
                    Map.of(ClipText.INPUT_IDS, IntTensor.of(ids, 1, ids.length)),
                    ClipText.hiddenState(1),
                    Progress.NONE);
        }
        TextToImageRequest request =
                request("an astronaut").withNegativePrompt("blur").withClipSkip(1);
        List<TextConditioning> texts = encoder.encode(request, true, Progress.NONE);
        Reference.assertClose(
                "hidden states", normalized(before), texts.get(1).hiddenStates().values(), 1e-5);
        assertArrayEquals(plain("blur").values(), texts.get(0).hiddenStates().values(), "negative prompt");
    }

    @Test
    void moreLayersThanThereAreCanNotBeSkipped() {
        int layers = ClipText.layerCount(checkpoint.textEncoder());
        prompt(request("beads").withClipSkip(layers - 1));
        RequestException e = assertThrows(
                RequestException.class, () -> prompt(request("beads").withClipSkip(layers)));
        assertEquals(
                "clip skip: expected 0 to 2, as this model's text encoder has layers, found " + layers, e.getMessage());
    }

    @Test
    void ofTwoTextEncodersBothAreCutAlikeAndTheFirstChunkSumsTheTextUp() {
        open("sdxl");
        String first = "a photograph of an astronaut riding a horse";
        TextConditioning alone = prompt(request(first));
        TextConditioning twofold = prompt(request(first + " BREAK (stars:1.3)"));
        int size = alone.hiddenStates().size(2);
        assertArrayEquals(
                new int[] {1, 2 * TOKENS, size}, twofold.hiddenStates().shape());
        assertArrayEquals(
                alone.hiddenStates().values(),
                Arrays.copyOf(twofold.hiddenStates().values(), TOKENS * size));
        assertEquals(alone.pooled(), twofold.pooled());
        assertFalse(alone.pooled().isEmpty());
    }

    @Test
    void whereNoTextIsZerosItIsAsLongAsThePrompt() {
        open("sdxl");
        List<TextConditioning> texts = encoder.encode(request("stars BREAK stars"), true, Progress.NONE);
        Tensor negative = texts.get(0).hiddenStates();
        assertArrayEquals(texts.get(1).hiddenStates().shape(), negative.shape());
        assertArrayEquals(new float[negative.values().length], negative.values());
    }

    @Test
    void ofXlTheFirstLayersOutputIsTheLastThatCanBeTaken() {
        open("sdxl");
        Tensor usual = prompt(request("stars")).hiddenStates();
        Tensor skipped = prompt(request("stars").withClipSkip(1)).hiddenStates();
        assertFalse(Arrays.equals(usual.values(), skipped.values()));
        assertThrows(RequestException.class, () -> prompt(request("stars").withClipSkip(2)));
    }

    private void open(String reference) {
        checkpoint = Checkpoint.open(Reference.folder().resolve(reference));
        encoder.close();
        encoder = PlainPrompts.open(checkpoint);
    }

    private static TextToImageRequest request(String prompt) {
        return TextToImageRequest.of(prompt, 64, 64);
    }

    private TextConditioning prompt(TextToImageRequest request) {
        return encoder.encode(request, false, Progress.NONE).get(0);
    }

    /** The encoding of a text as it is, in one frame. */
    private Tensor plain(String text) {
        int[] ids = checkpoint.tokenizer().open().encode(text);
        return encoder.encoders().get(0).encode(ids, 0, Progress.NONE).hiddenStates();
    }

    /** The final layer norm, by hand. */
    private float[] normalized(Tensor hidden) {
        float[] scale = weights("text_model.final_layer_norm.weight");
        float[] shift = weights("text_model.final_layer_norm.bias");
        float[] values = hidden.values().clone();
        for (int start = 0; start < values.length; start += scale.length) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < scale.length; i++) {
                sum += values[start + i];
                squares += values[start + i] * values[start + i];
            }
            double mean = sum / scale.length;
            double deviation = Math.sqrt(squares / scale.length - mean * mean + 1e-5);
            for (int i = 0; i < scale.length; i++) {
                values[start + i] = (float) ((values[start + i] - mean) / deviation * scale[i] + shift[i]);
            }
        }
        return values;
    }

    private float[] weights(String name) {
        Path file = checkpoint.textEncoder().weights().get(name).file();
        return SafetensorsFile.open(file).readFloats(name).values();
    }

    private static double mean(Tensor tensor) {
        double sum = 0;
        for (float value : tensor.values()) {
            sum += value;
        }
        return sum / tensor.values().length;
    }
}
