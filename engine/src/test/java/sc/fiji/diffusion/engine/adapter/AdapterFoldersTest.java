package sc.fiji.diffusion.engine.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.tensor.Tensor;

class AdapterFoldersTest {

    @TempDir
    private Path folder;

    private AdapterFolders folders;

    @BeforeEach
    void layFiles() throws IOException {
        Files.createDirectories(folder.resolve("lora").resolve("styles"));
        Files.createDirectories(folder.resolve("embeddings"));
        lora("lora/styles/ink");
        lora("outside");
        SmallUNet.write(folder, "embeddings/bad-hands", Map.of("emb_params", Tensor.of(new float[4], 2, 2)));
        folders = new AdapterFolders(folder.resolve("lora"), folder.resolve("embeddings"));
    }

    @Test
    void aLoraIsFoundByItsFilesNameInFoldersBelowToo() {
        PromptAdapters found = PromptAdapters.of("a <lora:ink:0.8> cell", "", Adapters.NONE, folders);
        assertEquals("a  cell", found.prompt());
        Lora lora = found.adapters().loras().get(0);
        assertEquals(folder.resolve("lora/styles/ink.safetensors"), lora.file().path());
        assertEquals(0.8, lora.unetStrength());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "..\\outside", "/etc/passwd", "styles/ink", "Inc", "*"})
    void aNameIsNoPath(String name) {
        RequestException e = assertThrows(
                RequestException.class, () -> PromptAdapters.of("<lora:" + name + ">", "", Adapters.NONE, folders));
        assertEquals(
                "prompt: expected a LoRA named " + name + " in " + folder.resolve("lora") + ", found only ink",
                e.getMessage());
    }

    @Test
    void aPickleOfThatNameIsRefusedWithTheReason() throws IOException {
        Files.write(folder.resolve("lora").resolve("old.pt"), new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0});
        CheckpointException e = assertThrows(
                CheckpointException.class, () -> PromptAdapters.of("<lora:old>", "", Adapters.NONE, folders));
        assertTrue(e.getMessage().contains("can run any code"), e.getMessage());
    }

    @Test
    void aTextualInversionIsUsedWhereItsNameStandsInAPrompt() {
        for (List<String> prompts :
                List.of(List.of("x", "Bad-Hands, blurry"), List.of("(bad-hands:1.2)", ""), List.of("bad-hands", ""))) {
            Adapters found = PromptAdapters.of(prompts.get(0), prompts.get(1), Adapters.NONE, folders)
                    .adapters();
            assertEquals(1, found.textualInversions().size(), prompts.toString());
        }
        for (String prompt : List.of("bad hands", "notbad-hands", "bad-handsome", "bad-hands_2")) {
            assertEquals(
                    Adapters.NONE,
                    PromptAdapters.of(prompt, "", Adapters.NONE, folders).adapters(),
                    prompt);
        }
    }

    @Test
    void aLoraInTheNegativePromptIsRefused() {
        RequestException e =
                assertThrows(RequestException.class, () -> PromptAdapters.of("", "<lora:ink>", Adapters.NONE, folders));
        assertTrue(e.getMessage().startsWith("negative prompt: expected <lora:…> in the prompt alone"), e.getMessage());
    }

    @Test
    void withoutFoldersNothingIsFound() {
        AdapterFolders none = new AdapterFolders(folder.resolve("no"), folder.resolve("none"));
        assertEquals(
                Adapters.NONE,
                PromptAdapters.of("bad-hands", "", Adapters.NONE, none).adapters());
        RequestException e =
                assertThrows(RequestException.class, () -> PromptAdapters.of("<lora:ink>", "", Adapters.NONE, none));
        assertTrue(e.getMessage().endsWith("found none there"), e.getMessage());
    }

    private void lora(String name) {
        SmallUNet.write(
                folder,
                name,
                Map.of(
                        "lora_unet_x.lora_up.weight", SmallUNet.random(1, 4, 2),
                        "lora_unet_x.lora_down.weight", SmallUNet.random(1, 2, 4)));
    }
}
