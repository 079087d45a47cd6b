package sc.fiji.diffusion.engine.download;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.engine.EngineException;

/**
 * Runs a few transfers at once. The calling thread watches them: it ends those to which nothing comes, and all of them as
 * soon as one fails or the user cancels, so that nothing goes on in the background afterwards.
 *
 * @param policy how many at once, and how long one may be silent
 */
record TransferPool(RetryPolicy policy) {

    private static final long PERIOD_MILLIS = 100;
    private static final long LONGEST_END_SECONDS = 10;

    /** One transfer. */
    @FunctionalInterface
    interface Transfer<T> {
        T run(Exchange exchange) throws InterruptedException;
    }

    /** A single transfer, watched. */
    <T> T runOne(Transfer<T> transfer, DownloadProgress progress) {
        List<T> results = run(List.of(transfer), progress::checkCancelled);
        return results.get(0);
    }

    /**
     * @param tick is called some times a second, and may throw to cancel
     * @return their results, in the order in which they ended
     */
    <T> List<T> run(List<Transfer<T>> transfers, Runnable tick) {
        ExecutorService threads = Executors.newFixedThreadPool(policy.parallel(), work -> {
            Thread thread = new Thread(work, "Diffusion download");
            thread.setDaemon(true);
            return thread;
        });
        List<Exchange> exchanges = new ArrayList<>();
        try {
            CompletionService<T> running = new ExecutorCompletionService<>(threads);
            for (Transfer<T> transfer : transfers) {
                Exchange exchange = new Exchange();
                exchanges.add(exchange);
                running.submit(() -> transfer.run(exchange));
            }
            return await(running, exchanges, tick);
        } finally {
            end(threads, exchanges);
        }
    }

    private <T> List<T> await(CompletionService<T> running, List<Exchange> exchanges, Runnable tick) {
        List<T> results = new ArrayList<>();
        while (results.size() < exchanges.size()) {
            tick.run();
            exchanges.forEach(exchange -> exchange.endIfSilent(policy.silence()));
            try {
                Future<T> done = running.poll(PERIOD_MILLIS, TimeUnit.MILLISECONDS);
                if (done != null) {
                    results.add(done.get());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancelledException();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof DiffusionException told
                        ? told
                        : new EngineException("download: expected to go on, found " + e.getCause(), e);
            }
        }
        tick.run();
        return results;
    }

    /** Waits for them, so that they write nothing any more; a read that is stuck is ended by closing what it reads. */
    private static void end(ExecutorService threads, List<Exchange> exchanges) {
        threads.shutdownNow();
        exchanges.forEach(Exchange::stop);
        try {
            boolean ended = threads.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                exchanges.forEach(Exchange::stop);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
