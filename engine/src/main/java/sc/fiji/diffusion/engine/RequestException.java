package sc.fiji.diffusion.engine;

/** A value that the user chose can't be used: the message names the field, what was expected and what was found. */
public final class RequestException extends DiffusionException {

    private static final long serialVersionUID = 1L;

    public RequestException(String message) {
        super(message);
    }

    public RequestException(String message, Throwable cause) {
        super(message, cause);
    }
}
