package sc.fiji.diffusion.engine.cuda;

import sc.fiji.diffusion.engine.CancelledException;

/** Is told how far an installation is, and asked whether to go on. Both often, on the thread that installs. */
@FunctionalInterface
public interface InstallProgress {

    /** Goes on, tells nobody. */
    InstallProgress NONE = (step, done, total) -> {};

    /**
     * @param step such as {@code Fetching cuda-12.6}
     * @param done bytes, 0 to {@code total}
     * @param total bytes in this step
     */
    void report(String step, long done, long total);

    /** True as soon as the user wants it to end; what was fetched stays for the next time. */
    default boolean isCancelled() {
        return false;
    }

    /** Throws a {@link CancelledException} if the user wants it to end. */
    default void checkCancelled() {
        if (isCancelled()) {
            throw new CancelledException();
        }
    }
}
