package sc.fiji.diffusion.engine.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import sc.fiji.diffusion.engine.image.ImageFile;

/** How prompts come in at the command line. */
class PromptOptionsTest {

    /** As a shell's printf writes it: grüne 细胞 😀. */
    private static final String OCTAL = "gr\\303\\274ne \\347\\273\\206\\350\\203\\236 \\360\\237\\230\\200";

    private static final String TEXT = "grüne 细胞 😀";

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void aFileIsReadAsUtf8WithoutItsMarkAndTheBlanksAroundIt() throws IOException {
        Path file = Files.writeString(folder.resolve("prompt.txt"), "\uFEFF  " + TEXT + "\r\n");
        int[] typed = picture("--prompt", TEXT);
        assertArrayEquals(typed, picture("--prompt-file", file.toString()));
        assertArrayEquals(typed, piped(TEXT + "\n", "--prompt", "-"));
        assertFalse(Arrays.equals(typed, picture("--prompt", "gr?ne ?? ?")));
    }

    @Test
    void theNegativePromptHasTheSameWaysIn() throws IOException {
        Path file = Files.writeString(folder.resolve("negative.txt"), "red beads");
        int[] typed = picture("--prompt", "beads", "--negative", "red beads");
        assertArrayEquals(typed, picture("--prompt", "beads", "--negative-file", file.toString()));
        assertArrayEquals(typed, piped("red beads", "--prompt", "beads", "--negative", "-"));
        assertFalse(Arrays.equals(typed, picture("--prompt", "beads")));
    }

    @Test
    void bracketsAreWeightsUnlessThePromptIsPlain() throws IOException {
        int[] weighted = picture("--prompt", "(red:1.5) beads");
        assertFalse(Arrays.equals(weighted, picture("--prompt", "red beads")));
        int[] plain = picture("--prompt", "(red:1.5) beads", "--plain-prompt");
        assertFalse(Arrays.equals(weighted, plain));
        assertArrayEquals(plain, picture("--prompt", "\\(red:1.5\\) beads"));
    }

    @Test
    void clipSkipChangesThePictureAndNoneIsTheDefault() throws IOException {
        int[] usual = picture("--prompt", "beads");
        assertArrayEquals(usual, picture("--prompt", "beads", "--clip-skip", "0"));
        assertFalse(Arrays.equals(usual, picture("--prompt", "beads", "--clip-skip", "1")));
        assertRefused(2, "clip skip: expected 0 to 1000, found -1", "--prompt", "a", "--clip-skip", "-1");
        assertRefused(1, "clip skip: expected 0 to 2, as this model's", "--prompt", "a", "--clip-skip", "3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@beads", "@@beads", "a \"quoted\" 'word'", "$HOME ${sys:user.home}", "-3 beads", " ", ""})
    void noSignIsReadAsAnythingButText(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("prompt.txt"), text);
        assertArrayEquals(picture("--prompt-file", file.toString()), picture("--prompt=" + text));
    }

    @Test
    void whatCanNotBeReadIsRefused() throws IOException {
        Path latin = Files.write(folder.resolve("latin.txt"), "grün".getBytes(StandardCharsets.ISO_8859_1));
        Path large = Files.write(folder.resolve("large.txt"), new byte[(1 << 20) + 1]);
        assertRefused(1, "prompt-file: expected a text in UTF-8, found other bytes", "--prompt-file", latin.toString());
        assertRefused(1, "prompt-file: expected at most 1048576 bytes, found more", "--prompt-file", large.toString());
        assertRefused(1, "prompt-file: expected a text file, found none at", "--prompt-file", folder + "/none");
        assertRefused(1, "negative-file: expected", "--prompt", "a", "--negative-file", folder + "/none");
        assertRefused(2, "", "--prompt", "a", "--prompt-file", large.toString());
        assertRefused(1, "negative: expected one text from standard input", "--prompt", "-", "--negative", "-");
        assertRefused(2, "prompt: expected weights from -10 to 10, found 1000.0", "--prompt", "diluted (1:1000)");
    }

    /** A locale without UTF-8, as in many containers, where Java can't read the letters of its own command line. */
    @Test
    void withoutUtf8InTheLocaleLettersAreRefusedOnTheCommandLineAndTakenFromAFile() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a POSIX shell");
        String refused = inLocaleC("--prompt \"$(printf '" + OCTAL + "')\"", "refused.png");
        assertTrue(refused.startsWith("diffuse: prompt: expected signs of the system's encoding, "), refused);
        assertTrue(refused.contains("--prompt-file FILE"), refused);
        assertEquals("", inLocaleC("--prompt-file prompt.txt", "file.png"));
        assertEquals("", inLocaleC("--prompt - < prompt.txt", "piped.png"));
        int[] expected = picture("--prompt", TEXT);
        assertArrayEquals(expected, ImageFile.read(folder.resolve("file.png")).packed());
        assertArrayEquals(expected, ImageFile.read(folder.resolve("piped.png")).packed());
    }

    /** What the program says in a process of its own. */
    private String inLocaleC(String options, String output) throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "printf '" + OCTAL + "' > prompt.txt; exec '" + java + "' -cp \"$CLASSES\" "
                                + Diffuse.class.getName() + " txt2img --steps 1 --output " + output + " " + options)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("CLASSES", absolute(System.getProperty("java.class.path")));
        builder.environment().put("LC_ALL", "C");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        assertTrue(process.waitFor(3, TimeUnit.MINUTES));
        return Files.readString(said);
    }

    private static String absolute(String classPath) {
        return String.join(
                ":",
                Arrays.stream(classPath.split(":", -1))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }

    private int[] piped(String text, String... options) throws IOException {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            return picture(options);
        } finally {
            System.setIn(before);
        }
    }

    private int[] picture(String... options) throws IOException {
        Path output = folder.resolve("picture.png");
        assertEquals(0, execute(output, options), err.toString());
        int[] pixels = ImageFile.read(output).packed();
        Files.delete(output);
        return pixels;
    }

    private void assertRefused(int status, String message, String... options) {
        Path output = folder.resolve("refused.png");
        assertEquals(status, execute(output, options), err.toString());
        assertTrue(err.toString().startsWith("diffuse: " + message), err.toString());
        assertFalse(Files.exists(output));
    }

    private int execute(Path output, String... options) {
        err.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(List.of("txt2img", "--steps", "1", "--output", output.toString()));
        arguments.addAll(List.of(options));
        CommandLine commandLine = Diffuse.commandLine();
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments.toArray(String[]::new));
    }
}
