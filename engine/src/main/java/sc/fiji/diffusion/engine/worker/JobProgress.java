package sc.fiji.diffusion.engine.worker;

import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.image.RgbImage;

/**
 * A job's progress as it is told in the worker.
 *
 * @param task tells the client
 * @param previews on their way there
 */
record JobProgress(WorkerTask task, PreviewSlots previews) implements Progress {

    @Override
    public void report(Stage stage, int done, int total) {
        task.report(stage, done, total);
    }

    @Override
    public void notice(String sentence) {
        task.notice(sentence);
    }

    @Override
    public boolean wantsPreview() {
        return task.number(Operation.PREVIEW) != 0;
    }

    @Override
    public void preview(RgbImage picture) {
        task.update(previews.put(picture));
    }

    @Override
    public boolean isCancelled() {
        return task.isCancelled();
    }
}
