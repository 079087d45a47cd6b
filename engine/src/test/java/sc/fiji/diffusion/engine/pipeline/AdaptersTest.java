package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.adapter.AdapterFolders;
import sc.fiji.diffusion.engine.adapter.Adapters;
import sc.fiji.diffusion.engine.adapter.Lora;
import sc.fiji.diffusion.engine.adapter.LoraFile;
import sc.fiji.diffusion.engine.adapter.TextualInversion;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.tensor.Tensor;
import sc.fiji.diffusion.engine.tokenizer.ClipTokenizer;

/** LoRAs and textual inversions in a pipeline, named by prompts and given when it is opened. */
class AdaptersTest {

    private static final Checkpoint CHECKPOINT = Checkpoint.open(Models.locate(Models.EMBEDDED));
    private static final String TABLE = "text_model.embeddings.token_embedding.weight";

    @TempDir
    private Path folder;

    private final List<String> reports = new ArrayList<>();
    private AdapterFolders folders;
    private DiffusionPipeline pipeline;

    @BeforeEach
    void open() throws IOException {
        folders = new AdapterFolders(
                Files.createDirectory(folder.resolve("lora")), Files.createDirectory(folder.resolve("embeddings")));
        lora("unet", "lora_unet_", "mid_block.attentions.0.transformer_blocks.0.attn2.to_k");
        lora("text", "lora_te_", "text_model.encoder.layers.0.mlp.fc1");
        pipeline = DiffusionPipeline.open(
                CHECKPOINT, PipelineOptions.of(CHECKPOINT).withAdapters(Adapters.NONE, folders), Progress.NONE);
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void aTagInThePromptIsWhatALoraGivenAtOpeningIs() {
        float[] tagged = latents("beads <lora:unet:0.8>");
        Adapters given = new Adapters(List.of(Lora.of(file("unet"), 0.8)), List.of());
        try (DiffusionPipeline opened = DiffusionPipeline.open(
                CHECKPOINT, PipelineOptions.of(CHECKPOINT).withAdapters(given, folders), Progress.NONE)) {
            assertArrayEquals(
                    tagged,
                    opened.textToImage(request("beads"), Progress.NONE)
                            .latents()
                            .values());
        }
        assertFalse(Arrays.equals(tagged, latents("beads")), "the LoRA changes something");
    }

    @Test
    void withoutTheTagTheModelIsAsBeforeToTheBit() {
        float[] before = latents("beads");
        latents("beads <lora:unet:0.8> <lora:text:0.8>");
        assertArrayEquals(before, latents("beads"));
        assertArrayEquals(before, latents("beads <lora:unet:0>"));
    }

    @Test
    void onlyChangesOpenNetworksAnew() {
        latents("beads <lora:text:0.5>");
        assertTrue(reports.contains("LOADING"), reports.toString());
        reports.clear();
        latents("many beads <lora:text:0.5>");
        assertFalse(reports.contains("LOADING"), reports.toString());
        latents("many beads <lora:text:0.5:1>");
        assertFalse(reports.contains("LOADING"), "it has no layers in the UNet");
        latents("many beads <lora:text:0.6>");
        assertTrue(reports.contains("LOADING"), reports.toString());
    }

    @Test
    void whatIsRefusedLeavesThePipelineAsItWas() {
        float[] before = latents("beads <lora:unet:0.8>");
        SafetensorsWriter.write(
                folders.loras().resolve("broken.safetensors"),
                Map.of("lora_unet_conv_in.lora_up.weight", Tensor.of(new float[2], 2, 1)),
                Map.of());
        assertRefused(CheckpointException.class, "beads <lora:broken>", "expected a tensor");
        assertRefused(RequestException.class, "beads <lora:none>", "found only broken, text, unet");
        reports.clear();
        assertArrayEquals(before, latents("beads <lora:unet:0.8>"));
        assertFalse(reports.contains("LOADING"), reports.toString());
    }

    @Test
    void aTextualInversionOfAPhrasesOwnVectorsIsThePhrase() {
        embedding("embeddings/phrase", "emb_params", rowsOf("green nuclei"));
        assertArrayEquals(latents("many green nuclei"), latents("many Phrase"));
        Tensor one = rowsOf("beads");
        embedding("learned", "<beads>", Tensor.of(one.entry(0).values(), one.size(1)));
        TextualInversion learned = TextualInversion.open(folder.resolve("learned.safetensors"));
        assertEquals(List.of("learned", "<beads>"), learned.words());
        Adapters given = new Adapters(List.of(), List.of(learned));
        float[] expected = latents("red beads");
        try (DiffusionPipeline opened = DiffusionPipeline.open(
                CHECKPOINT, PipelineOptions.of(CHECKPOINT).withAdapters(given, folders), Progress.NONE)) {
            for (String prompt : List.of("red <beads>", "red learned")) {
                assertArrayEquals(
                        expected,
                        opened.textToImage(request(prompt), Progress.NONE)
                                .latents()
                                .values(),
                        prompt);
            }
        }
    }

    @Test
    void aTextualInversionWorksInTheNegativePrompt() {
        embedding("embeddings/ugly", "emb_params", rowsOf("red bacteria"));
        assertArrayEquals(
                latents(request("beads").withNegativePrompt("red bacteria")),
                latents(request("beads").withNegativePrompt("ugly")));
    }

    @Test
    void aTextualInversionForAnotherModelIsRefused() {
        embedding("embeddings/wide", "emb_params", Tensor.of(new float[768], 1, 768));
        assertRefused(CheckpointException.class, "wide", "as micrograph has, found [768]");
        SafetensorsWriter.write(
                folder.resolve("embeddings/pair.safetensors"),
                Map.of("clip_l", Tensor.of(new float[768], 1, 768), "clip_g", Tensor.of(new float[1280], 1, 1280)),
                Map.of());
        assertRefused(CheckpointException.class, "pair", "found [768, 1280]");
    }

    @Test
    void bothTextEncodersOfXlLearnTheWord() {
        Checkpoint sdxl = Checkpoint.open(Reference.folder().resolve("sdxl"));
        String phrase = "astronaut riding";
        SafetensorsWriter.write(
                folder.resolve("embeddings/rider.safetensors"),
                Map.of(
                        "clip_l",
                        rowsOf(
                                phrase,
                                sdxl.textEncoder().weights().files().get(0),
                                sdxl.tokenizer().open()),
                        "clip_g",
                        rowsOf(
                                phrase,
                                sdxl.secondTextEncoder()
                                        .orElseThrow()
                                        .weights()
                                        .files()
                                        .get(0),
                                sdxl.secondTokenizer().open())),
                Map.of());
        TextToImageRequest request = TextToImageRequest.of("a photograph of an astronaut riding a horse", 64, 64)
                .withSteps(2);
        try (DiffusionPipeline xl = DiffusionPipeline.open(
                sdxl, PipelineOptions.of(sdxl).withAdapters(Adapters.NONE, folders), Progress.NONE)) {
            float[] plain = xl.textToImage(request, Progress.NONE).latents().values();
            float[] learned = xl.textToImage(
                            TextToImageRequest.of("a photograph of an rider a horse", 64, 64)
                                    .withSteps(2),
                            Progress.NONE)
                    .latents()
                    .values();
            assertArrayEquals(plain, learned);
        }
    }

    @Test
    void provenanceListsEachFileWithStrengthAndHash() {
        embedding("embeddings/phrase", "emb_params", rowsOf("beads"));
        Provenance provenance = pipeline.textToImage(request("phrase <lora:unet:0.5:0.8>"), Progress.NONE)
                .provenance();
        assertEquals("phrase <lora:unet:0.5:0.8>", provenance.prompt());
        assertTrue(
                provenance
                        .text()
                        .contains("LoRA: unet, strength 0.8 (UNet), 0.5 (text encoder), SHA-256 "
                                + file("unet").sha256() + "\n"),
                provenance.text());
        assertTrue(provenance.text().contains("Textual inversion: phrase, SHA-256 "), provenance.text());
    }

    private void lora(String name, String prefix, String layer) {
        boolean unet = prefix.contains("unet");
        List<Integer> shape = (unet ? CHECKPOINT.unet() : CHECKPOINT.textEncoder())
                .weights()
                .get(layer + ".weight")
                .shape();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        String key = prefix + layer.replace('.', '_');
        tensors.put(key + ".lora_up.weight", wave(shape.get(0), 2));
        tensors.put(key + ".lora_down.weight", wave(2, shape.get(1)));
        SafetensorsWriter.write(folders.loras().resolve(name + ".safetensors"), tensors, Map.of());
    }

    private static Tensor wave(int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i);
        }
        return Tensor.of(values, rows, columns);
    }

    private void embedding(String name, String key, Tensor vectors) {
        SafetensorsWriter.write(folder.resolve(name + ".safetensors"), Map.of(key, vectors), Map.of());
    }

    private static Tensor rowsOf(String phrase) {
        return rowsOf(
                phrase,
                CHECKPOINT.textEncoder().weights().files().get(0),
                CHECKPOINT.tokenizer().open());
    }

    /** The rows of the embedding table that a phrase's tokens have. */
    private static Tensor rowsOf(String phrase, Path weights, ClipTokenizer tokenizer) {
        Tensor table = SafetensorsFile.open(weights).readFloats(TABLE);
        int size = table.size(1);
        int[] ids = tokenizer.tokens(phrase);
        float[] rows = new float[ids.length * size];
        for (int i = 0; i < ids.length; i++) {
            System.arraycopy(table.values(), ids[i] * size, rows, i * size, size);
        }
        return Tensor.of(rows, ids.length, size);
    }

    private LoraFile file(String name) {
        return LoraFile.open(folders.loras().resolve(name + ".safetensors"));
    }

    private static TextToImageRequest request(String prompt) {
        return TextToImageRequest.of(prompt, 32, 32).withSteps(2).withSeed(1);
    }

    private float[] latents(String prompt) {
        return latents(request(prompt));
    }

    private float[] latents(TextToImageRequest request) {
        return pipeline.textToImage(request, (stage, done, total) -> reports.add(stage.name()))
                .latents()
                .values();
    }

    private void assertRefused(Class<? extends DiffusionException> kind, String prompt, String part) {
        String message = assertThrows(kind, () -> latents(prompt)).getMessage();
        assertTrue(message.contains(part), "expected \"" + part + "\" in: " + message);
    }
}
