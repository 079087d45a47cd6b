package sc.fiji.diffusion.engine;

/** A file of a checkpoint is missing, broken, hostile, or of a kind that is not supported. */
public final class CheckpointException extends DiffusionException {

    private static final long serialVersionUID = 1L;

    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
