package sc.fiji.diffusion.engine.download;

import sc.fiji.diffusion.engine.CancelledException;

/** Is told how far a download is, and asked whether to go on: both some times a second, on the thread that asked for it. */
@FunctionalInterface
public interface DownloadProgress {

    /** Goes on, tells nobody. */
    DownloadProgress NONE = state -> {};

    void report(DownloadState state);

    /** True as soon as the user wants it to end; what was fetched stays for the next time. */
    default boolean isCancelled() {
        return false;
    }

    /** Throws a {@link CancelledException} if the user wants it to end. */
    default void checkCancelled() {
        if (isCancelled()) {
            throw new CancelledException("what was fetched stays for the next time");
        }
    }
}
