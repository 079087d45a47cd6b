package sc.fiji.diffusion.engine.cli;

import java.util.function.Consumer;
import sc.fiji.diffusion.engine.Progress;

/**
 * Lines on standard error.
 *
 * @param verbose whether there is one for each step
 * @param notices takes notices
 */
record ConsoleProgress(boolean verbose, Consumer<String> notices) implements Progress {

    @Override
    public void report(Stage stage, int done, int total) {
        if (verbose) {
            System.err.println(stage.label() + ": " + done + " of " + total);
        }
    }

    @Override
    public void notice(String sentence) {
        notices.accept(sentence);
    }
}
