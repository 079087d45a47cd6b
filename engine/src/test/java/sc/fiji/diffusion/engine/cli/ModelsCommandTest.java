package sc.fiji.diffusion.engine.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.download.FaultyHub;
import sc.fiji.diffusion.engine.hub.HubSettings;
import sc.fiji.diffusion.engine.hub.HuggingFaceCache;
import sc.fiji.diffusion.engine.hub.SettingsFolder;

/** {@code diffuse models}, with a hub on this machine. */
class ModelsCommandTest {

    private static final String NAME = "lab/sd15";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private FaultyHub hub;

    @BeforeEach
    void startAHub() throws IOException {
        hub = new FaultyHub(NAME).says("license", "creativeml-openrail-m");
        System.setProperty(HuggingFaceCache.PROPERTY, folder.resolve("hub").toString());
        System.setProperty(SettingsFolder.PROPERTY, folder.resolve("settings").toString());
        System.setProperty(HubSettings.ENDPOINT_PROPERTY, hub.endpoint().toString());
    }

    @AfterEach
    void stopTheHub() {
        hub.close();
        System.clearProperty(HuggingFaceCache.PROPERTY);
        System.clearProperty(SettingsFolder.PROPERTY);
        System.clearProperty(HubSettings.ENDPOINT_PROPERTY);
    }

    @Test
    void aFetchedModelMakesTheSameImageAsItsFolder() throws IOException {
        Path reference = Reference.folder().resolve("sd15");
        hub.putFolder(reference);
        assertEquals(0, run("models", "get", NAME, "--accept-licence"), err::toString);
        Path snapshot = Path.of(out.toString().strip());
        assertEquals(
                folder.resolve("hub")
                        .resolve("models--lab--sd15")
                        .resolve("snapshots")
                        .resolve(FaultyHub.COMMIT),
                snapshot);
        assertFalse(Files.exists(snapshot.resolve("golden.safetensors")), "a file that is no part of the model");
        hub.close();
        image(NAME, "fetched.png");
        image(reference.toString(), "folder.png");
        assertArrayEquals(pixels("folder.png"), pixels("fetched.png"));
        information();
        assertEquals(0, run("models", "remove", NAME, "--yes"), err::toString);
        assertEquals(1, run("txt2img", "--model", NAME, "--prompt", "a", "--output", png("gone")));
        assertTrue(err.toString().contains("diffuse models get " + NAME), err.toString());
    }

    /** What the files tell of how they were made has the model's name in it. */
    private int[] pixels(String file) throws IOException {
        BufferedImage image = ImageIO.read(folder.resolve(file).toFile());
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private void information() {
        assertEquals(0, run("models", "info", NAME, "--json"), err::toString);
        JsonObject info = JsonParser.parseString(out.toString()).getAsJsonObject();
        assertEquals("fetched", info.get("state").getAsString());
        assertTrue(info.getAsJsonObject("inspection").get("makes_images").getAsBoolean());
        assertEquals(3, info.getAsJsonArray("files").size());
        assertEquals(0, run("models", "list", "--json"), err::toString);
        JsonObject listed = row(JsonParser.parseString(out.toString()).getAsJsonArray(), NAME);
        assertTrue(listed.get("usable").getAsBoolean());
        assertEquals(0, run("models", "get", NAME, "--offline"), err::toString);
    }

    private void image(String model, String file) {
        String[] command = {
            "txt2img",
            "--model",
            model,
            "--prompt",
            "a cell",
            "--steps",
            "2",
            "--seed",
            "3",
            "--width",
            "64",
            "--height",
            "64",
            "--output",
            png(file.replace(".png", ""))
        };
        assertEquals(0, run(command), err::toString);
    }

    private String png(String name) {
        return folder.resolve(name + ".png").toString();
    }

    @Test
    void withoutAcceptanceNothingIsFetched() throws IOException {
        hub.put("config.json", "{\"_class_name\": \"ControlNetModel\"}")
                .put("diffusion_pytorch_model.safetensors", "weights")
                .put("LICENSE", "Be kind.");
        assertEquals(1, run("models", "get", NAME));
        assertTrue(err.toString().contains("Be kind."), err.toString());
        assertTrue(
                err.toString()
                        .contains("licence: expected --accept-licence, as there is no terminal to ask on; The model is"
                                + " licensed under creativeml-openrail-m, see " + hub.endpoint()
                                + "/lab/sd15/blob/main/LICENSE"),
                err.toString());
        assertFalse(Files.exists(folder.resolve("hub").resolve("models--lab--sd15")));
    }

    @Test
    void whatIsNotThereIsSaidInOneSentence() {
        assertEquals(1, run("models", "get", "lab/none", "--accept-licence"));
        assertEquals("diffuse: lab/none: expected the model on 127.0.0.1, found nothing of that name (404)\n", error());
        assertEquals(1, run("models", "get", "none"));
        assertEquals(1, run("models", "get", NAME, "--offline"));
        assertTrue(error().contains("found neither such a path nor a fetched model"), error());
        assertEquals(1, run("models", "remove", "lab/none", "--yes"));
        assertEquals(1, run("models", "remove", "micrograph", "--yes"));
        assertEquals(2, run("models"));
    }

    @Test
    void theListNamesWhatIsHereAndWhatCouldBe() {
        assertEquals(0, run("models", "list"));
        assertTrue(out.toString().matches("(?s)micrograph +built in +2\\d\\.\\d MB +whole model .*"), out.toString());
        assertTrue(
                out.toString()
                        .matches("(?s).*\nsd15 +available +about 2\\.14 GB +whole model +creativeml-openrail-m: .*"),
                out.toString());
        assertEquals(0, run("models", "info", "sd15"));
        assertTrue(out.toString().contains("stable-diffusion-v1-5/stable-diffusion-v1-5"), out.toString());
    }

    @Test
    void aFileOfOnesOwnGetsAName() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.safetensors"), "weights");
        assertEquals(0, run("models", "add", "mine", file.toString()), err::toString);
        assertEquals(0, run("models", "list", "--json"));
        JsonObject row = row(JsonParser.parseString(out.toString()).getAsJsonArray(), "mine");
        assertEquals("added", row.get("state").getAsString());
        assertEquals(1, run("models", "remove", "mine"));
        assertTrue(error().contains("--yes"), error());
        assertEquals(0, run("models", "remove", "mine", "--yes"), err::toString);
        assertTrue(Files.exists(file));
    }

    private static JsonObject row(JsonArray rows, String name) {
        for (JsonElement row : rows) {
            if (row.getAsJsonObject().get("name").getAsString().equals(name)) {
                return row.getAsJsonObject();
            }
        }
        throw new AssertionError(name + " is not in " + rows);
    }

    private String error() {
        return err.toString().replace("\r\n", "\n");
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine commandLine = Diffuse.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }
}
