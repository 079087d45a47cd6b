package sc.fiji.diffusion.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code diffuse watermark} of what {@code diffuse txt2img} has written. */
class WatermarkCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aNewImageCarriesTheMark() {
        String image = made();
        assertEquals(0, run("watermark", image), err.toString());
        assertTrue(out.toString().startsWith(image + ": watermark of Diffusion for Fiji (score "), out.toString());
    }

    @Test
    void anImageMadeWithoutItEndsWithThree() {
        String image = made("--no-watermark");
        assertEquals(3, run("watermark", image), err.toString());
        assertTrue(out.toString().startsWith(image + ": no watermark (score "), out.toString());
    }

    @Test
    void programsReadJson() {
        String marked = made();
        String plain = folder.resolve("plain.png").toString();
        run("txt2img", "--steps", "1", "--prompt", "beads", "--no-watermark", "--output", plain);
        assertEquals(3, run("watermark", "--json", marked, plain), err.toString());
        JsonArray all = JsonParser.parseString(out.toString()).getAsJsonArray();
        JsonObject first = all.get(0).getAsJsonObject();
        assertEquals(marked, first.get("file").getAsString());
        assertTrue(first.get("found").getAsBoolean());
        assertEquals("Diffusion for Fiji", first.get("maker").getAsString());
        assertTrue(first.get("false_alarm").getAsDouble() < 1e-6);
        assertEquals(false, all.get(1).getAsJsonObject().get("found").getAsBoolean());
    }

    @Test
    void aFileThatIsNoPictureEndsWithOneAndOneLine() {
        assertEquals(1, run("watermark", folder.resolve("none.png").toString()));
        assertTrue(err.toString().startsWith("diffuse: image: expected a picture file, found none at "));
    }

    private String made(String... more) {
        String image = folder.resolve("made.png").toString();
        String[] usual = {"txt2img", "--steps", "1", "--prompt", "beads", "--output", image};
        String[] all = Stream.of(usual, more).flatMap(Arrays::stream).toArray(String[]::new);
        assertEquals(0, run(all), err.toString());
        return image;
    }

    private int run(String... arguments) {
        CommandLine commandLine = Diffuse.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }
}
