package sc.fiji.diffusion.engine.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.RequestException;

class HubNameTest {

    @ParameterizedTest
    @CsvSource({
        "lab/model, lab, model, main, ",
        "lab/model@v1, lab, model, v1, ",
        "lab/model@refs/pr/3, lab, model, refs/pr/3, ",
        "lab/model.x_y-z, lab, model.x_y-z, main, ",
        "lab/model/a.safetensors, lab, model, main, a.safetensors",
        "lab/model/sub/a.safetensors@v1, lab, model, v1, sub/a.safetensors",
        "https://huggingface.co/lab/model, lab, model, main, ",
        "https://huggingface.co/lab/model/tree/v1, lab, model, v1, ",
        "https://huggingface.co/lab/model/blob/main/sub/a.safetensors?download=true, lab, model, main, sub/a.safetensors",
    })
    void theFormsThatPeopleWriteAreRead(String text, String owner, String name, String revision, String file) {
        assertEquals(Optional.of(new HubName(owner, name, revision, Optional.ofNullable(file))), HubName.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "model",
                "/lab/model",
                "./model",
                "../model",
                "lab/..",
                "lab/a--b",
                "lab/model/../x",
                "C:\\a",
                "a b/c"
            })
    void everythingElseIsNone(String text) {
        assertEquals(Optional.empty(), HubName.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x", "a..b", "-x", "/x", "x/"})
    void aRevisionLeadsNowhere(String revision) {
        assertThrows(RequestException.class, () -> new HubName("lab", "model", revision, Optional.empty()));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        for (String text : new String[] {"lab/model", "lab/model@v1", "lab/model/sub/a.json@v1", "lab/model/a.json"}) {
            assertEquals(text, HubName.parse(text).orElseThrow().toString());
        }
    }

    @Test
    void aSnapshotTellsWhatTheHubCallsIt() {
        Path snapshot = Path.of("cache", "models--lab--model", "snapshots", "0".repeat(40));
        assertEquals(
                "lab/model", HuggingFaceCache.nameOf(snapshot).orElseThrow().toString());
        assertEquals(
                "lab/model/sub/a.safetensors",
                HuggingFaceCache.nameOf(snapshot.resolve("sub").resolve("a.safetensors"))
                        .orElseThrow()
                        .toString());
        assertEquals(Optional.empty(), HuggingFaceCache.nameOf(Path.of("models", "mine")));
    }
}
