package sc.fiji.diffusion.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.CheckpointException;

class ConfigFileTest {

    @TempDir
    private Path folder;

    @Test
    void aFieldThatIsAbsentOrNullHasItsDefault() throws IOException {
        ConfigFile config = config("{\"here\": 3, \"nothing\": null}");
        assertEquals(3, config.size("here", 7, 10));
        assertEquals(7, config.size("nothing", 7, 10));
        assertEquals(7, config.size("absent", 7, 10));
        assertEquals(List.of(3), config.sizes("here", List.of(), 10));
    }

    @Test
    void aFieldOfTheWrongKindIsNamedWithWhatWasFound() throws IOException {
        ConfigFile config = config("{\"size\": \"big\", \"half\": 1.5, \"list\": {}, \"flag\": 1, \"text\": 2}");
        assertMessage("size: expected a whole number, found \"big\"", () -> config.size("size", 1, 10));
        assertMessage("half: expected a whole number, found 1.5", () -> config.size("half", 1, 10));
        assertMessage("list: expected a list of whole numbers, found {}", () -> config.sizes("list", List.of(), 10));
        assertMessage("flag: expected true or false, found 1", () -> config.flag("flag", true));
        assertMessage("text: expected a text, found 2", () -> config.text("text", ""));
    }

    @Test
    void sizesOutOfBoundsAreRefused() throws IOException {
        ConfigFile config = config("{\"huge\": 2000000000, \"none\": 0, \"list\": [1, -1]}");
        assertMessage("huge: expected 1 to 10, found 2000000000", () -> config.size("huge", 1, 10));
        assertMessage("none: expected 1 to 10, found 0", () -> config.size("none", 1, 10));
        assertMessage("list: expected numbers from 1 to 10, found [1, -1]", () -> config.sizes("list", List.of(), 10));
    }

    @Test
    void whatIsNoJsonObjectIsRefused() {
        assertMessage("expected a JSON object as a configuration file, found another", () -> config("[1]"));
        assertMessage("expected a configuration file in JSON, found ", () -> config("{\"a\": "));
        assertMessage("expected a configuration file in JSON, found ", () -> config("[".repeat(100_000)));
        assertMessage("expected a configuration file, found none", () -> ConfigFile.read(folder.resolve("absent")));
    }

    private ConfigFile config(String json) throws IOException {
        return ConfigFile.read(Files.writeString(folder.resolve("config.json"), json));
    }

    private static void assertMessage(String part, Executable reading) {
        String message = assertThrows(CheckpointException.class, reading).getMessage();
        assertTrue(message.contains(part), message);
    }
}
