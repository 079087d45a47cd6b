package sc.fiji.diffusion.engine.download;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import sc.fiji.diffusion.engine.EngineException;

/**
 * Tries again, with longer and longer waits, as long as that may help.
 *
 * @param policy how often and how long
 */
record Retries(RetryPolicy policy) {

    /** One attempt. */
    @FunctionalInterface
    interface Attempt<T> {
        Outcome<T> run() throws IOException, InterruptedException;
    }

    /**
     * @param what is being fetched, for messages
     * @throws EngineException once it is given up
     */
    <T> T run(String what, Attempt<T> attempt) throws InterruptedException {
        int failures = 0;
        while (true) {
            Outcome<T> outcome = outcome(attempt);
            if (outcome instanceof Outcome.Done<T> done) {
                return done.value();
            }
            Outcome.Again<T> again = (Outcome.Again<T>) outcome;
            failures = again.further() ? 1 : failures + 1;
            if (failures >= policy.attempts()) {
                throw new EngineException(what + ": expected to fetch it, found " + again.why() + ", "
                        + policy.attempts() + " times; what is here already stays for the next try");
            }
            if (again.atLeast().compareTo(policy.longestWait()) > 0) {
                throw new EngineException(what + ": expected to fetch it, found " + again.why() + "; try again in "
                        + again.atLeast().toSeconds() + " s");
            }
            pause(failures, again.atLeast());
        }
    }

    private static <T> Outcome<T> outcome(Attempt<T> attempt) throws InterruptedException {
        try {
            return attempt.run();
        } catch (IOException e) {
            return Outcome.Again.because(reason(e));
        }
    }

    /** With a little chance, so that many that were sent away together do not come back together. */
    private void pause(int failures, Duration asked) throws InterruptedException {
        long own = policy.pause(failures).toMillis();
        long chance = ThreadLocalRandom.current().nextLong(own / 4 + 1);
        Thread.sleep(Math.max(own + chance, asked.toMillis()));
    }

    /** What went wrong with a connection, in words. */
    static String reason(IOException e) {
        if (e instanceof HttpTimeoutException) {
            return "no answer in time";
        }
        if (e instanceof UnknownHostException || e.getCause() instanceof UnresolvedAddressException) {
            return "no server of that name; is there a network?";
        }
        if (e instanceof ConnectException) {
            return "no connection to the server";
        }
        return String.valueOf(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }
}
