package sc.fiji.diffusion.engine.cli;

import sc.fiji.diffusion.engine.Progress;

/** A line on standard error for each step. */
final class ConsoleProgress implements Progress {

    @Override
    public void report(Stage stage, int done, int total) {
        System.err.println(stage.label() + ": " + done + " of " + total);
    }
}
