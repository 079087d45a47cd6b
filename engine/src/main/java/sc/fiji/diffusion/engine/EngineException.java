package sc.fiji.diffusion.engine;

/** Input and model are right as far as can be told, and yet the computation failed: no memory, NaN, a native error. */
public final class EngineException extends DiffusionException {

    private static final long serialVersionUID = 1L;

    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
