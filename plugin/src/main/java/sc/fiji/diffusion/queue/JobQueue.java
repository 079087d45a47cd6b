package sc.fiji.diffusion.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.Progress;

/** Jobs in the order in which they are done, one at a time. Thread-safe. */
public final class JobQueue {

    private static final JobQueue SHARED = new JobQueue();

    private static final long POLL_MILLIS = 50;

    /** The first may be running; the others wait. Guarded by this. */
    private final List<JobTicket> jobs = new ArrayList<>();

    private long lastId;

    /** For tests: everybody else shares one. */
    JobQueue() {}

    /** The one that all commands and scripts use: two models at once may not fit in memory. */
    public static JobQueue shared() {
        return SHARED;
    }

    /** As {@link #enter} and then {@link Entry#run}, with one progress for the waiting and for the work. */
    public <T> T run(String title, Progress progress, Function<Progress, T> work) {
        Entry entry = enter(title);
        return entry.run(progress, () -> work.apply(entry.told(progress)));
    }

    /** Takes a place at the end, which {@link Entry#run} must give back. Work inside a turn has that turn. */
    public synchronized Entry enter(String title) {
        if (holdsTurn()) {
            return new Entry(jobs.get(0), true);
        }
        lastId++;
        JobTicket ticket = new JobTicket(lastId, title);
        jobs.add(ticket);
        return new Entry(ticket, false);
    }

    private synchronized boolean holdsTurn() {
        return !jobs.isEmpty() && jobs.get(0).isRunBy(Thread.currentThread());
    }

    /** All jobs, the one that runs first. */
    public synchronized List<QueuedJob> jobs() {
        return jobs.stream().map(JobTicket::view).toList();
    }

    /** How many there are, that which runs too. */
    public synchronized int size() {
        return jobs.size();
    }

    /** Ends a job: that which runs soon, one that waits without ever having begun. Unknown ones are over already. */
    public synchronized void cancel(long id) {
        jobs.stream().filter(job -> job.id() == id).forEach(JobTicket::cancel);
        notifyAll();
    }

    /** Lets a job that waits change places with the one before it, unless that runs. */
    public synchronized void moveUp(long id) {
        swap(indexOf(id) - 1);
    }

    /** Lets a job that waits change places with the one behind it. */
    public synchronized void moveDown(long id) {
        swap(indexOf(id));
    }

    private int indexOf(long id) {
        for (int index = 0; index < jobs.size(); index++) {
            if (jobs.get(index).id() == id) {
                return index;
            }
        }
        return -1;
    }

    private void swap(int first) {
        if (first >= 0 && first + 1 < jobs.size() && !jobs.get(first).isRunning()) {
            Collections.swap(jobs, first, first + 1);
            notifyAll();
        }
    }

    /** A place in the queue. */
    public final class Entry {

        private final JobTicket ticket;
        private final boolean nested;

        private Entry(JobTicket ticket, boolean nested) {
            this.ticket = ticket;
            this.nested = nested;
        }

        /**
         * Waits for its turn, and does the work on the calling thread.
         *
         * @param waiting is asked meanwhile whether to go on waiting
         * @throws CancelledException if the job was cancelled; without a turn the work was not begun
         */
        public <T> T run(Progress waiting, Supplier<T> work) {
            if (nested) {
                return work.get();
            }
            try {
                awaitTurn(ticket, waiting);
                return work.get();
            } finally {
                // However this thread ends, the next has its turn.
                leave(ticket);
            }
        }

        /** For the work: what is told tells the queue too, and is cancelled with the job. */
        public Progress told(Progress progress) {
            return nested ? progress : ticket.told(progress);
        }
    }

    private synchronized void awaitTurn(JobTicket ticket, Progress waiting) {
        while (true) {
            if (ticket.isCancelled() || waiting.isCancelled()) {
                throw new CancelledException();
            }
            if (jobs.get(0) == ticket) {
                ticket.start();
                return;
            }
            try {
                wait(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancelledException();
            }
        }
    }

    private synchronized void leave(JobTicket ticket) {
        jobs.remove(ticket);
        notifyAll();
    }
}
