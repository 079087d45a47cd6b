package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Macros without a display, in a JVM of their own without SciJava on its class path. ImageJ's menus need a display, so
 * ImageJ is patched as Fiji patches it.
 */
@Timeout(240)
class TextToImageHeadlessTest {

    @TempDir
    Path folder;

    @Test
    void theExampleMacroWritesItsImage() throws Exception {
        Path output = folder.resolve("example.png");
        Path macro = Path.of("..", "macros", "Text_to_Image.ijm").toRealPath();
        String said = imageJ(macro, "a few red beads\n" + output);
        assertTrue(Files.isRegularFile(output), said);
        assertEquals("", said.strip());
    }

    @Test
    void aMacroSeesItsStack() throws Exception {
        Path macro = macro(
                """
                run('Text to Image...', 'width=64 height=64 steps=1 seed=5 count=2 prompt=[two words]');
                print(getTitle(), nSlices, getInfo('slice.label'));
                """);
        assertEquals("two words 2 seed 5", imageJ(macro, "").strip());
    }

    @Test
    void aMacroFileInUtf8KeepsTheLettersOfAnyLanguage() throws Exception {
        Path macro = macro(
                """
                run('Text to Image...', 'width=64 height=64 steps=1 prompt=[grüne 细胞 😀]');
                title = getTitle();
                codes = '';
                for (i = 0; i < lengthOf(title); i++) codes = codes + charCodeAt(title, i) + ' ';
                print(codes);
                """);
        StringBuilder expected = new StringBuilder();
        "grüne 细胞 😀".chars().forEach(code -> expected.append(code).append(' '));
        assertEquals(expected.toString().strip(), imageJ(macro, "").strip());
    }

    @Test
    void anErrorIsOneSentenceAndEndsTheMacro() throws Exception {
        Path macro = macro("run('Text to Image...', 'widht=64 prompt=nuclei');\nprint('went on');\n");
        String said = imageJ(macro, "");
        assertTrue(said.startsWith("Macro Error: Text to Image: expected a key (model, width"), said);
        assertFalse(said.contains("went on"), said);
        assertFalse(said.contains("\tat "), said);
    }

    private Path macro(String code) throws IOException {
        return Files.writeString(folder.resolve("test.ijm"), code);
    }

    /** What ImageJ says on its standard output and error. */
    private String imageJ(Path macro, String argument) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Duser.home=" + System.getProperty("user.home"),
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-javaagent:"
                        + entries()
                                .filter(entry -> entry.contains("ij1-patcher"))
                                .findFirst()
                                .orElseThrow() + "=init",
                "-classpath",
                entries().filter(entry -> !entry.contains("scijava")).collect(Collectors.joining(File.pathSeparator)),
                "ij.ImageJ",
                "-ijpath",
                folder.toString(),
                "-batch",
                macro.toString(),
                argument));
        InstalledImageJ.install(folder);
        Path said = folder.resolve("said.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return Files.readString(said, StandardCharsets.UTF_8);
    }

    private static Stream<String> entries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1));
    }
}
