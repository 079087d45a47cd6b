package sc.fiji.diffusion.engine;

/**
 * Root of the engine's exceptions. The message is one sentence fit for a user: it names the thing (a file, a field),
 * what was expected and what was found. Unchecked, because callers can only report it.
 */
public abstract sealed class DiffusionException extends RuntimeException
        permits CancelledException, CheckpointException, EngineException, RequestException {

    private static final long serialVersionUID = 1L;

    protected DiffusionException(String message) {
        super(message);
    }

    protected DiffusionException(String message, Throwable cause) {
        super(message, cause);
    }
}
