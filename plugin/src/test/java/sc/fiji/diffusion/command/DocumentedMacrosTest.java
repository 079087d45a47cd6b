package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import sc.fiji.diffusion.DocumentedText;
import sc.fiji.diffusion.form.Form;
import sc.fiji.diffusion.form.MacroOptions;
import sc.fiji.diffusion.scijava.DiffusionService;

/** What the README and the pages in docs/ tell users to write into macros and scripts is what the commands take. */
class DocumentedMacrosTest {

    private static final Pattern RUN = Pattern.compile("run\\(\"([^\"]+)\"(?:, *\"([^\"]*)\")?\\)");
    private static final Pattern SERVICE_CALL = Pattern.compile("\\bdiffusion\\.([a-z]\\w*)\\(");

    @TestFactory
    Stream<DynamicTest> everyCommandThatAPageRunsTakesItsOptions() throws IOException {
        List<String> menu = MacroReferenceTest.menuCommands();
        return runs().map(run -> DynamicTest.dynamicTest(run.group(), () -> {
            assertTrue(menu.contains(run.group(1)), run.group(1));
            assertDoesNotThrow(() -> MacroOptions.read(
                    form(run.group(1)), Optional.ofNullable(run.group(2)).orElse(""), name -> Optional.of("text")));
        }));
    }

    @Test
    void thePagesDoHaveMacros() throws IOException {
        assertTrue(runs().count() > 5);
    }

    @Test
    void everyMethodThatAPageCallsIsOneOfTheService() throws IOException {
        List<String> methods = Stream.of(DiffusionService.class.getMethods())
                .map(method -> method.getName())
                .toList();
        List<String> unknown = DocumentedText.pages().stream()
                .map(DocumentedText::read)
                .flatMap(text -> SERVICE_CALL.matcher(text).results())
                .map(call -> call.group(1))
                .filter(name -> !methods.contains(name))
                .toList();
        assertEquals(List.of(), unknown);
    }

    @Test
    void everyMacroOfTheFolderIsToldOf() throws IOException {
        String page = DocumentedText.read(DocumentedText.ROOT.resolve(Path.of("docs", "macros-and-scripts.md")));
        for (Path macro : DocumentedText.files("macros", ".ijm")) {
            assertTrue(page.contains("(../macros/" + macro.getFileName() + ")"), macro.toString());
        }
    }

    private static Stream<MatchResult> runs() throws IOException {
        return DocumentedText.pages().stream()
                .map(DocumentedText::read)
                .flatMap(text -> RUN.matcher(text).results())
                .filter(run -> !run.group(1).equals("Command..."));
    }

    /** Commands without a dialog take nothing. */
    private static Form form(String command) {
        return CommandForms.ALL.stream()
                .map(CommandForms::form)
                .filter(form -> form.command().equals(command))
                .findFirst()
                .orElseGet(() -> new Form(command, List.of(), List.of()));
    }
}
