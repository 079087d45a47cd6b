package sc.fiji.diffusion.engine.download;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import sc.fiji.diffusion.engine.CancelledException;

/** An answer that is being read, so that another thread can see whether anything comes, and end it. */
final class Exchange {

    private InputStream body;
    private long lastSign;
    private boolean silent;
    private boolean stopped;

    /** The answer's body begins. */
    synchronized void begin(InputStream opened) {
        body = opened;
        silent = false;
        lastSign = System.nanoTime();
    }

    /** Something came. */
    synchronized void sign() {
        lastSign = System.nanoTime();
    }

    /** Ends this one and all that would follow: an interrupt alone may be swallowed by who reads. */
    synchronized void stop() {
        stopped = true;
        close();
    }

    /** @throws CancelledException once it was stopped */
    synchronized void requireGoing() {
        if (stopped) {
            throw new CancelledException();
        }
    }

    /** The reader does not read any more. */
    synchronized void end() {
        silent = false;
        close();
    }

    /** Ends it if nothing came for so long: who reads gets an exception. */
    synchronized void endIfSilent(Duration most) {
        if (body != null && System.nanoTime() - lastSign > most.toNanos()) {
            silent = true;
            close();
        }
    }

    /** Whether it was ended because nothing came. */
    synchronized boolean wasSilent() {
        return silent;
    }

    private void close() {
        if (body != null) {
            try {
                body.close();
            } catch (IOException alreadyBroken) {
                // Nothing more comes, which is what was wanted.
            }
            body = null;
        }
    }
}
