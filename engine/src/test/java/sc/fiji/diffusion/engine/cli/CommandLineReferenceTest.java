package sc.fiji.diffusion.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * Keeps docs/command-line.md what {@code --help} says of every command: {@code mvn test -pl engine
 * -Dtest=CommandLineReferenceTest -Dreference=write} writes it anew.
 */
class CommandLineReferenceTest {

    private static final Path PAGE = Path.of("..", "docs", "command-line.md");
    private static final int WIDTH = 110;
    private static final String INTRODUCTION =
            """
            # The command line

            Every command and option of `java -jar engine/target/diffuse.jar` (`diffuse` for short), as `--help` prints it.
            This page is made out of the program by `CommandLineReferenceTest`, which fails where the two differ.

            The exit status is 0 if all went well, 1 if something failed (one line on standard error; `--verbose` adds where),
            and 2 if the command line itself can't be used. Notes on standard error begin with `diffuse: note:`.
            """;

    @Test
    void thePageOfTheCommandLineIsWhatTheProgramSays() throws IOException {
        String page = page();
        if ("write".equals(System.getProperty("reference"))) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE), PAGE + ": run this test with -Dreference=write");
    }

    private static String page() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        append(Diffuse.commandLine(), page);
        return page.toString();
    }

    private static void append(CommandLine command, StringBuilder page) {
        if (command.getCommand() instanceof CommandLine.HelpCommand) {
            return;
        }
        command.setUsageHelpWidth(WIDTH);
        page.append("\n## ")
                .append(command.getCommandSpec().qualifiedName())
                .append("\n\n```text\n")
                .append(command.getUsageMessage(CommandLine.Help.Ansi.OFF)
                        .replaceAll("\\R", "\n")
                        .replaceAll(" +\n", "\n"))
                .append("```\n");
        command.getSubcommands().values().forEach(subcommand -> append(subcommand, page));
    }
}
