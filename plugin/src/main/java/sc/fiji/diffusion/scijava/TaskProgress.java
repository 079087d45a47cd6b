package sc.fiji.diffusion.scijava;

import ij.IJ;
import org.scijava.task.Task;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.progress.OverallProgress;
import sc.fiji.diffusion.progress.StatusLine;

/** Tells a SciJava task, and is cancelled with it. */
final class TaskProgress implements Progress, AutoCloseable {

    private static final int UNITS = 1000;

    private final Task task;
    private final StatusLine line = new StatusLine();

    TaskProgress(Task task) {
        this.task = task;
        task.setProgressMaximum(UNITS);
        task.start();
    }

    @Override
    public void report(Stage stage, int done, int total) {
        task.setStatusMessage(line.of(stage, done, total));
        task.setProgressValue(Math.round(UNITS * OverallProgress.of(stage, done, total)));
    }

    /** In ImageJ's log, which is there with and without a display. */
    @Override
    public void notice(String sentence) {
        IJ.log("Diffusion: " + sentence);
    }

    @Override
    public boolean isCancelled() {
        return task.isCanceled();
    }

    @Override
    public void close() {
        task.finish();
    }
}
