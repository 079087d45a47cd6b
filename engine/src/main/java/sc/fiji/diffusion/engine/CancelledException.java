package sc.fiji.diffusion.engine;

/** The user cancelled: nothing is wrong, and nothing was changed but what the message says. */
public final class CancelledException extends DiffusionException {

    private static final long serialVersionUID = 1L;

    public CancelledException() {
        super("cancelled");
    }

    /** @param done what was finished before, such as {@code 3 of 40 done} */
    public CancelledException(String done) {
        super("cancelled, " + done);
    }
}
