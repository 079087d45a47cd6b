package sc.fiji.diffusion.engine;

import sc.fiji.diffusion.engine.image.RgbImage;

/**
 * The progress of one part of a job within that of the whole, for parts that take alike long: the tiles of a picture,
 * the slices of a stack.
 *
 * @param whole is told
 * @param done parts before this one
 * @param parts in all, more than {@code done}
 */
public record PartProgress(Progress whole, int done, int parts) implements Progress {

    @Override
    public void report(Stage stage, int stageDone, int stageTotal) {
        if (stage == Stage.DENOISING) {
            whole.report(stage, done * stageTotal + stageDone, parts * stageTotal);
        } else if (done == 0 && stage != Stage.DECODING) {
            whole.report(stage, stageDone, stageTotal);
        }
    }

    @Override
    public void notice(String sentence) {
        whole.notice(sentence);
    }

    @Override
    public boolean wantsPreview() {
        return whole.wantsPreview();
    }

    @Override
    public void preview(RgbImage picture) {
        whole.preview(picture);
    }

    @Override
    public boolean isCancelled() {
        return whole.isCancelled();
    }
}
