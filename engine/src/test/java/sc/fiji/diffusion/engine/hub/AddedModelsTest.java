package sc.fiji.diffusion.engine.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.engine.RequestException;

/** Names that users give to their own files. */
class AddedModelsTest {

    @TempDir
    private Path folder;

    private Path model;

    @BeforeEach
    void useSettingsOfOurOwn() throws IOException {
        System.setProperty(SettingsFolder.PROPERTY, folder.resolve("settings").toString());
        System.setProperty(HuggingFaceCache.PROPERTY, folder.resolve("hub").toString());
        model = Files.writeString(folder.resolve("mine.safetensors"), "weights");
    }

    @AfterEach
    void useTheUsualSettings() {
        System.clearProperty(SettingsFolder.PROPERTY);
        System.clearProperty(HuggingFaceCache.PROPERTY);
    }

    @Test
    void aNameIsFoundUntilItIsRemovedAndTheFileStays() {
        AddedModels.add("mine", model);
        assertEquals(model, Models.locate("mine"));
        assertTrue(listed("mine").isWhole());
        ModelRemoval removal = ModelRemoval.of("mine");
        assertEquals("forgets the name mine; the files stay where they are", removal.what());
        removal.run();
        assertEquals(Map.of(), AddedModels.all());
        assertTrue(Files.exists(model));
    }

    @Test
    void aModelThatIsGoneIsSaidToBe() throws IOException {
        AddedModels.add("mine", model);
        Files.delete(model);
        RequestException e = assertThrows(RequestException.class, () -> Models.locate("mine"));
        assertTrue(
                e.getMessage().contains("expected the model that was added as mine, found nothing there"),
                e.getMessage());
        assertEquals(List.of(model.toString()), listed("mine").missing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "../x", "micrograph", "sd15", "-x"})
    void aNameMustBeFreeAndShort(String name) {
        assertThrows(RequestException.class, () -> AddedModels.add(name, model));
        assertEquals(Map.of(), AddedModels.all());
    }

    @Test
    void aNameIsNotTakenAway() throws IOException {
        AddedModels.add("mine", model);
        Path other = Files.writeString(folder.resolve("other.safetensors"), "weights");
        assertThrows(RequestException.class, () -> AddedModels.add("mine", other));
        assertEquals(model, Models.locate("mine"));
        assertThrows(RequestException.class, () -> AddedModels.remove("other"));
        assertThrows(RequestException.class, () -> AddedModels.add("none", folder.resolve("none")));
    }

    @Test
    void severalMayAddAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> adding = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String name = "m" + i;
                adding.add(() -> {
                    AddedModels.add(name, model);
                    return null;
                });
            }
            for (Future<Void> added : threads.invokeAll(adding)) {
                added.get();
            }
        } finally {
            threads.shutdown();
        }
        assertEquals(20, AddedModels.all().size());
        try (Stream<Path> files = Files.list(SettingsFolder.path())) {
            assertEquals(2, files.count(), "the list and its lock");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{}", "{\"models\": 5}", "{\"models\": {\"a b\": \"x\"}}", "{\"models\": {\"a\": 5}}"})
    void aBrokenListIsToldAndStaysAsItIs(String text) throws IOException {
        Files.createDirectories(SettingsFolder.path());
        Path list = Files.writeString(SettingsFolder.path().resolve("models.json"), text);
        assertThrows(DiffusionException.class, () -> AddedModels.add("mine", model));
        assertEquals(text, Files.readString(list));
    }

    private static InstalledModel listed(String name) {
        return InstalledModels.list().stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
