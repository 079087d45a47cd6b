package sc.fiji.diffusion.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the command line answers without any model: the ways in which it says no. */
class DiffuseTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpIsThereForTheProgramAndItsCommand() {
        assertEquals(0, run("--help"));
        assertEquals(0, run("txt2img", "--help"));
        for (String option : List.of(
                "--model",
                "--prompt",
                "--prompt-file",
                "--negative",
                "--negative-file",
                "--plain-prompt",
                "--clip-skip",
                "--width",
                "--height",
                "--steps",
                "--guidance",
                "--scheduler",
                "--scheduler-config",
                "--seed",
                "--batch",
                "--latents",
                "--device",
                "--output",
                "--verbose",
                "dpmpp_2m_karras")) {
            assertTrue(out.toString().contains(option), option);
        }
    }

    @Test
    void memoryThatRunsOutEndsWithOneAndOneLine() {
        CommandLine greedy = new CommandLine(new Greedy());
        greedy.setErr(new PrintWriter(err));
        assertEquals(1, Diffuse.execute(greedy));
        String line = err.toString().strip();
        assertTrue(
                line.matches("diffuse: engine: expected its heap of [0-9]+ MB to be enough, found that it is not .*"),
                line);
        assertEquals(1, Diffuse.execute(greedy, "--verbose"));
        assertTrue(err.toString().contains("\tat " + Greedy.class.getName()), err.toString());
    }

    /** Asks for more than there can be. */
    @Command(name = "greedy")
    static final class Greedy implements Callable<Integer> {

        @Option(names = "--verbose")
        private boolean verbose;

        @Override
        public Integer call() {
            return new long[Integer.MAX_VALUE].length + (verbose ? 1 : 0);
        }
    }

    @Test
    void aFailureCanNotSteerTheTerminal() {
        assertEquals(1, run("txt2img", "--prompt", "a", "--output", png(), "--model", "no\u001b[31m\u009bsuch\nmodel"));
        assertTrue(err.toString().strip().chars().noneMatch(Character::isISOControl), err.toString());
    }

    @Test
    void wrongUsageEndsWithTwoAndOneSentence() {
        assertEquals(2, run());
        assertEquals(2, run("txt2img"));
        assertEquals(2, run("txt2img", "--prompt", "a", "--output", png(), "--no-such-option"));
        assertEquals(2, run("txt2img", "--prompt", "a", "--output", png(), "--steps", "many"));
        assertEquals(2, run("txt2img", "--prompt", "a", "--output", png(), "--scheduler", "nonsense"));
        assertTrue(err.toString().contains("found nonsense"), err.toString());
    }

    @Test
    void aMissingModelEndsWithOneAndOneLine() {
        assertEquals(1, run("txt2img", "--model", folder + "/none", "--prompt", "a", "--output", png()));
        assertEquals(
                "diffuse: " + folder
                        + "/none: expected a model's folder with model_index.json, or a safetensors file, found nothing there\n",
                err.toString().replace("\r\n", "\n"));
    }

    @Test
    void verboseAddsWhereItHappened() {
        run("txt2img", "--verbose", "--model", folder + "/none", "--prompt", "a", "--output", png());
        assertTrue(err.toString().contains("\tat "), err.toString());
    }

    @Test
    void aPickleIsRefusedWithTheReason() throws IOException {
        Path pickle = Files.write(folder.resolve("model.ckpt"), new byte[] {'P', 'K', 3, 4});
        assertEquals(1, run("txt2img", "--model", pickle.toString(), "--prompt", "a", "--output", png()));
        assertTrue(err.toString().contains("can run any code"), err.toString());
    }

    @Test
    void anOutputThatCantBeWrittenIsToldBeforeTheWork() {
        assertEquals(1, run("txt2img", "--prompt", "a", "--output", folder + "/no/folder.png"));
        assertTrue(err.toString().startsWith("diffuse: output: expected a folder"), err.toString());
        assertEquals(1, run("txt2img", "--prompt", "a", "--output", folder + "/image.jpg"));
        assertTrue(err.toString().contains("ends in .png"), err.toString());
        assertFalse(Files.exists(folder.resolve("image.jpg")));
    }

    private String png() {
        return folder.resolve("image.png").toString();
    }

    private int run(String... arguments) {
        err.getBuffer().setLength(0);
        CommandLine commandLine = Diffuse.commandLine();
        commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }
}
