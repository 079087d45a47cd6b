package sc.fiji.diffusion.engine;

/** What to say of a failure, whatever it is. */
public final class FailureSentence {

    private FailureSentence() {}

    /** One sentence in one line; what a hostile file put into it can't steer a terminal. */
    public static String of(Throwable failure) {
        return printable(sentence(failure));
    }

    /** The same text without line ends and other control characters. */
    public static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\x80-\\x9f\\u2028\\u2029]+", " ");
    }

    private static String sentence(Throwable failure) {
        if (failure instanceof DiffusionException) {
            return failure.getMessage();
        }
        if (failure instanceof OutOfMemoryError) {
            return "engine: expected its heap of " + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MB to be enough, found that it is not (" + failure.getMessage() + ")";
        }
        return "engine: expected no fault in it, found " + failure;
    }
}
