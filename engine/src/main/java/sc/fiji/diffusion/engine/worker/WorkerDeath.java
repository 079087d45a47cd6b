package sc.fiji.diffusion.engine.worker;

import java.util.List;
import java.util.regex.Pattern;
import sc.fiji.diffusion.engine.EngineException;

/** Says in one sentence how a process has ended. */
final class WorkerDeath {

    private static final int SIGNALS = 128;
    private static final int SIGABRT = 6;
    private static final int SIGKILL = 9;
    private static final int LAST_SIGNAL = 31;

    /** What a JVM says around what is worth knowing. */
    private static final Pattern EMPTY_WORDS = Pattern.compile(
            "\\s*|Picked up .*|Error occurred during initialization of VM|Error: Could not create the Java Virtual.*"
                    + "|Error: A fatal exception has occurred.*|#|# .{0,3}[A-Z][a-z].*|# *https?:.*|\\[thread .*");

    private WorkerDeath() {}

    /**
     * @param exit its status, as Java tells it: 128 and more is a signal's number on most systems
     * @param errorLines what it has printed
     */
    static EngineException of(int exit, List<String> errorLines) {
        String last = "";
        for (String line : List.copyOf(errorLines)) {
            if (!EMPTY_WORDS.matcher(line).matches()) {
                last = line.replaceFirst("^#\\s*", "").strip();
            }
        }
        return new EngineException("engine: expected its process to go on, found that it " + how(exit)
                + (last.isEmpty() ? "" : " (" + last + ")") + "; the next job starts another one");
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
