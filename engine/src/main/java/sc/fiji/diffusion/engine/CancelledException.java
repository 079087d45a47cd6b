package sc.fiji.diffusion.engine;

/** The user cancelled: nothing is wrong, and nothing was changed. */
public final class CancelledException extends DiffusionException {

    private static final long serialVersionUID = 1L;

    public CancelledException() {
        super("Cancelled");
    }
}
