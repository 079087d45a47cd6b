package sc.fiji.diffusion.engine.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.RequestException;

/** The variables that Python's huggingface_hub reads, in its order. */
class HubSettingsTest {

    @TempDir
    private Path folder;

    @Test
    void withoutVariablesItIsTheHubAndTheUsualPlace() {
        HubSettings settings = HubSettings.of(Map.of());
        assertEquals(URI.create("https://huggingface.co"), settings.endpoint());
        assertEquals(Path.of(System.getProperty("user.home"), ".cache", "huggingface", "hub"), settings.cache());
        assertTrue(settings.symlinks());
        assertFalse(settings.offline());
    }

    @Test
    void theNearestVariableNamesTheCache() {
        String home = folder.toString();
        assertEquals(folder.resolve("huggingface").resolve("hub"), cache(Map.of("XDG_CACHE_HOME", home)));
        assertEquals(folder.resolve("hub"), cache(Map.of("HF_HOME", home, "XDG_CACHE_HOME", "elsewhere")));
        assertEquals(folder, cache(Map.of("HF_HUB_CACHE", home, "HF_HOME", "elsewhere")));
        assertEquals(folder, cache(Map.of("HUGGINGFACE_HUB_CACHE", home, "HF_HOME", "elsewhere")));
        assertEquals(Path.of(System.getProperty("user.home"), "hf", "hub"), cache(Map.of("HF_HOME", "~/hf")));
    }

    private static Path cache(Map<String, String> environment) {
        return HubSettings.of(environment).cache();
    }

    @Test
    void theTokenComesFromAVariableOrElseFromItsFile() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "hf_file\n");
        String home = folder.toString();
        assertEquals(Optional.of("hf_file"), token(Map.of("HF_HOME", home)));
        assertEquals(Optional.of("hf_file"), token(Map.of("HF_TOKEN_PATH", file.toString())));
        assertEquals(Optional.of("hf_one"), token(Map.of("HF_TOKEN", "hf_one", "HF_HOME", home)));
        assertEquals(Optional.of("hf_old"), token(Map.of("HUGGING_FACE_HUB_TOKEN", "hf_old", "HF_HOME", home)));
        assertEquals(
                Optional.empty(), token(Map.of("HF_HOME", folder.resolve("none").toString())));
    }

    private static Optional<String> token(Map<String, String> environment) {
        return HubSettings.of(environment).token();
    }

    @Test
    void aTokenThatCantBeOneIsRefusedWithoutTellingIt() {
        RequestException e =
                assertThrows(RequestException.class, () -> HubSettings.of(Map.of("HF_TOKEN", "hf_a\r\nX: b")));
        assertFalse(e.getMessage().contains("hf_a"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hub", "ftp://hub", "https://", "https://hub?x=1", "a b"})
    void anEndpointIsAnAddress(String endpoint) {
        assertThrows(RequestException.class, () -> HubSettings.of(Map.of("HF_ENDPOINT", endpoint)));
    }

    @Test
    void slashesAtItsEndDoNotCount() {
        assertEquals(
                URI.create("https://mirror.example/hf"),
                HubSettings.of(Map.of("HF_ENDPOINT", "https://mirror.example/hf/"))
                        .endpoint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "on", "Yes", "TRUE"})
    void offlineIsWhatPythonTakesForYes(String yes) {
        assertTrue(HubSettings.of(Map.of("HF_HUB_OFFLINE", yes)).offline());
        assertFalse(HubSettings.of(Map.of("HF_HUB_OFFLINE", "0")).offline());
        assertFalse(HubSettings.of(Map.of("HF_HUB_DISABLE_SYMLINKS", yes)).symlinks());
    }
}
