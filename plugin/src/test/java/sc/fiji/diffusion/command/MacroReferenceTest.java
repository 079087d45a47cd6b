package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.form.Form;

/**
 * Keeps docs/macro-reference.md what the commands take: {@code mvn test -pl plugin -am -Dtest=MacroReferenceTest
 * -Dreference=write} writes it anew.
 */
class MacroReferenceTest {

    private static final Path PAGE = Path.of("..", "docs", "macro-reference.md");

    @Test
    void thePageOfTheMacroKeysIsWhatTheCommandsTake() throws IOException {
        String page = new MacroReference(CommandForms.ALL, menuCommands()).page();
        if ("write".equals(System.getProperty("reference"))) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE), PAGE + ": run this test with -Dreference=write");
    }

    @Test
    void everyCommandWithADialogHasItsFormInTheReference() throws IOException {
        List<String> known = CommandForms.ALL.stream()
                .map(CommandForms::form)
                .map(Form::command)
                .toList();
        for (String command : menuCommands()) {
            assertTrue(!command.endsWith("...") || known.contains(command), command);
        }
    }

    /** The commands of the menu in their order. */
    static List<String> menuCommands() throws IOException {
        try (InputStream config = MacroReferenceTest.class.getResourceAsStream("/plugins.config")) {
            return Pattern.compile("(?m)^Plugins>Diffusion, \"([^\"]{2,})\"")
                    .matcher(new String(config.readAllBytes(), StandardCharsets.UTF_8))
                    .results()
                    .map((MatchResult line) -> line.group(1))
                    .toList();
        }
    }
}
