package sc.fiji.diffusion.edit;

import sc.fiji.diffusion.engine.Progress;

/**
 * One picture's progress within that of all of them.
 *
 * @param progress of the whole
 * @param done pictures before this one
 * @param pictures in all
 */
record StepProgress(Progress progress, int done, int pictures) implements Progress {

    @Override
    public void report(Stage stage, int stageDone, int stageTotal) {
        if (stage == Stage.DENOISING) {
            progress.report(stage, done * stageTotal + stageDone, pictures * stageTotal);
        } else if (done == 0 && stage != Stage.DECODING) {
            progress.report(stage, stageDone, stageTotal);
        }
    }

    @Override
    public boolean isCancelled() {
        return progress.isCancelled();
    }
}
