package sc.fiji.diffusion.engine;

/** Input and model are right as far as can be told, and yet the computation failed: no memory, NaN, a native error. */
public final class EngineException extends DiffusionException {

    private static final long serialVersionUID = 1L;

    private final boolean outOfMemory;

    public EngineException(String message) {
        super(message);
        this.outOfMemory = false;
    }

    public EngineException(String message, Throwable cause) {
        this(message, cause, false);
    }

    private EngineException(String message, Throwable cause, boolean outOfMemory) {
        super(message, cause);
        this.outOfMemory = outOfMemory;
    }

    /** One that less memory would mend. */
    public static EngineException outOfMemory(String message, Throwable cause) {
        return new EngineException(message, cause, true);
    }

    /** Whether memory was what lacked, while it computed. */
    public boolean isOutOfMemory() {
        return outOfMemory;
    }
}
