package sc.fiji.diffusion.engine.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the README and the pages in docs/ tell users to type is what the program takes. */
class DocumentedCommandsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\R(.*?)^```");
    private static final Pattern PROGRAM = Pattern.compile("^(?:java -jar \\S*diffuse\\.jar|diffuse) +(.*)$");
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");

    @TestFactory
    Stream<DynamicTest> everyCommandLineInThePagesIsOneThatTheProgramTakes() throws IOException {
        return pages().stream().flatMap(page -> commands(page)
                .map(command -> DynamicTest.dynamicTest(
                        page.getFileName() + ": " + command,
                        () -> assertDoesNotThrow(() -> Diffuse.commandLine().parseArgs(words(command))))));
    }

    @Test
    void thePagesDoHaveCommandLines() throws IOException {
        long found = pages().stream().flatMap(DocumentedCommandsTest::commands).count();
        assertTrue(found > 10, "expected more than ten, found " + found);
    }

    @Test
    void quotesKeepWordsTogether() {
        assertEquals(
                List.of("txt2img", "--prompt", "two words", "--seed", "7"),
                List.of(words("txt2img --prompt \"two words\" --seed 7")));
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            List<Path> pages =
                    new ArrayList<>(docs.filter(file -> file.toString().endsWith(".md"))
                            .sorted()
                            .toList());
            pages.add(0, ROOT.resolve("README.md"));
            return pages;
        }
    }

    /** What stands behind the program's name, line by line; comments and what is piped or redirected left out. */
    private static Stream<String> commands(Path page) {
        return BLOCK.matcher(read(page))
                .results()
                .flatMap(block -> block.group(1).replaceAll("\\\\\\R\\s*", "").lines())
                .map(line ->
                        line.replaceFirst("\\s#\\s.*|\\s[|>].*|\\s&&.*", "").strip())
                .map(PROGRAM::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(1));
    }

    private static String[] words(String command) {
        return WORD.matcher(command)
                .results()
                .map(word -> word.group().replaceAll("[\"']", ""))
                .toArray(String[]::new);
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
