package sc.fiji.diffusion.engine.worker;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sc.fiji.diffusion.engine.EngineException;

/** Says in one sentence how a process has ended. */
final class WorkerDeath {

    private static final int SIGNALS = 128;
    private static final int SIGABRT = 6;
    private static final int SIGKILL = 9;
    private static final int LAST_SIGNAL = 31;

    /** What a JVM says before it crashes: the line that names the reason. */
    private static final Pattern CRASH =
            Pattern.compile("#\\s+(There is insufficient memory.*|[A-Z_]+ \\(0x\\w+\\).*|Internal Error .*)");

    /** What is said around what is worth knowing. */
    private static final Pattern EMPTY_WORDS =
            Pattern.compile("\\s*|#.*|\\[.*|Picked up .*|Error occurred during initialization of VM"
                    + "|Error: Could not create the Java Virtual.*|Error: A fatal exception has occurred.*");

    private WorkerDeath() {}

    /**
     * @param exit its status, as Java tells it: 128 and more is a signal's number on most systems
     * @param printed the lines that it has printed
     */
    static EngineException of(int exit, List<String> printed) {
        Optional<String> crash = crash(printed);
        String words = crash.orElseGet(() -> lastWords(printed));
        return new EngineException("engine: expected its process to go on, found that it "
                + (crash.isPresent() ? "has crashed" : how(exit))
                + (words.isEmpty() ? "" : " (" + words + ")") + "; the next job starts another one");
    }

    private static Optional<String> crash(List<String> printed) {
        return printed.stream()
                .map(CRASH::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .findFirst();
    }

    private static String lastWords(List<String> printed) {
        return printed.stream()
                .filter(line -> !EMPTY_WORDS.matcher(line).matches())
                .reduce("", (earlier, later) -> later.strip());
    }

    private static String how(int exit) {
        int signal = exit - SIGNALS;
        if (signal == SIGKILL) {
            return "was killed by signal 9, as the system does where memory runs out";
        }
        if (signal == SIGABRT) {
            return "has crashed (signal 6)";
        }
        return signal > 0 && signal <= LAST_SIGNAL ? "was ended by signal " + signal : "has ended with status " + exit;
    }
}
