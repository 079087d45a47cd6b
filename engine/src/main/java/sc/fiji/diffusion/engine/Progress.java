package sc.fiji.diffusion.engine;

import sc.fiji.diffusion.engine.image.RgbImage;

/**
 * The one callback of a running job: it is told how far the job is, and asked whether to go on.
 *
 * <p>{@link #report} is called on the thread that runs the job. {@link #isCancelled} is called often and from another
 * thread too (so that a step under way can be broken off): it must be cheap and safe to call from any thread.
 */
public interface Progress {

    /** Goes on, tells nobody. */
    Progress NONE = (stage, done, total) -> {};

    /** What a job is doing, in the order in which it does it. */
    enum Stage {
        LOADING("Loading model"),
        ENCODING_TEXT("Encoding text"),
        DENOISING("Denoising"),
        DECODING("Decoding image");

        private final String label;

        Stage(String label) {
            this.label = label;
        }

        /** For a status line, such as {@code Denoising}. */
        public String label() {
            return label;
        }
    }

    /**
     * @param stage what is being done
     * @param done units finished, 0 to {@code total}; the units of {@link Stage#DENOISING} are steps
     * @param total units in this stage, at least 1
     */
    void report(Stage stage, int done, int total);

    /**
     * Told, on the thread that runs the job, what the user should know though nothing has failed.
     *
     * @param sentence such as that something was computed otherwise than asked for
     */
    default void notice(String sentence) {}

    /**
     * Whether somebody looks at {@link #preview}; where nobody does, none are made. Asked on the thread that runs the
     * job, and by an engine in another process once, before it begins.
     */
    default boolean wantsPreview() {
        return false;
    }

    /**
     * Shown, on the thread that runs the job, what is being made, as far as it has come. It is rough, and smaller than
     * what it will be: of a selection, or a tile, it is the part that the model works on.
     *
     * @param picture whatever comes of it must be quick: it is taken from a twentieth of the job's time
     */
    default void preview(RgbImage picture) {}

    /** True as soon as the user wants the job to end; the job then throws a {@link CancelledException}. */
    default boolean isCancelled() {
        return false;
    }

    /** Throws a {@link CancelledException} if the user wants the job to end. */
    default void checkCancelled() {
        if (isCancelled()) {
            throw new CancelledException();
        }
    }
}
