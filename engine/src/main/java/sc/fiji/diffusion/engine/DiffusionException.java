package sc.fiji.diffusion.engine;

/**
 * Root of the engine's exceptions. The message is one sentence fit for a user: it names the thing (a file, a field),
 * what was expected and what was found. Unchecked, because callers can only report it.
 *
 * <p>Messages quote files, which may hold anything: line feeds and other control characters become blanks, and what is
 * longer than a user can read is left out in the middle.
 */
public abstract sealed class DiffusionException extends RuntimeException
        permits CancelledException, CheckpointException, EngineException, RequestException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 1000;

    protected DiffusionException(String message) {
        super(sentence(message));
    }

    protected DiffusionException(String message, Throwable cause) {
        super(sentence(message), cause);
    }

    private static String sentence(String message) {
        String shortened = message;
        if (message.length() > LONGEST) {
            int half = LONGEST / 2;
            shortened = message.substring(0, half) + " … " + message.substring(message.length() - half);
        }
        StringBuilder sentence = new StringBuilder(shortened);
        for (int i = 0; i < sentence.length(); i++) {
            if (Character.isISOControl(sentence.charAt(i))) {
                sentence.setCharAt(i, ' ');
            }
        }
        return sentence.toString();
    }
}
