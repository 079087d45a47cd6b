package sc.fiji.diffusion.engine.cli;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;

/** Asks the person at the terminal. */
final class Question {

    private Question() {}

    /** Whether the answer is yes; empty if nobody is there to answer: newer versions of Java have a console then, without input. */
    @SuppressWarnings("SystemConsoleNull")
    static Optional<Boolean> ask(String question) {
        Console console = System.console();
        if (console == null) {
            return Optional.empty();
        }
        String answer = console.readLine("%s [y/N] ", question);
        return Optional.ofNullable(answer)
                .map(text -> text.strip().toLowerCase(Locale.ROOT))
                .map(text -> text.equals("y") || text.equals("yes"));
    }
}
