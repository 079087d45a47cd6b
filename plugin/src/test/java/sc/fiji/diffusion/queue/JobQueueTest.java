package sc.fiji.diffusion.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Progress.Stage;
import sc.fiji.diffusion.engine.image.RgbImage;

@Timeout(60)
class JobQueueTest {

    private final JobQueue queue = new JobQueue();
    private final List<String> done = new CopyOnWriteArrayList<>();

    @Test
    void jobsAreDoneInTheOrderOfTheirComing() throws Exception {
        Job first = start("first");
        first.awaitStart();
        Job second = start("second");
        Job third = start("third");
        assertEquals(List.of("first", "second", "third"), titles());
        assertEquals(
                List.of(true, false, false),
                queue.jobs().stream().map(QueuedJob::running).toList());
        release(first, second, third);
        assertEquals(List.of("first", "second", "third"), done);
        assertEquals(0, queue.size());
    }

    @Test
    void theOrderOfThoseThatWaitCanBeChangedButNothingComesBeforeTheOneThatRuns() throws Exception {
        Job first = start("first");
        first.awaitStart();
        Job second = start("second");
        Job third = start("third");
        Job fourth = start("fourth");
        queue.moveUp(id("fourth"));
        queue.moveUp(id("fourth"));
        queue.moveUp(id("fourth"));
        queue.moveDown(id("second"));
        queue.moveUp(id("first"));
        queue.moveDown(id("first"));
        queue.moveDown(id("second"));
        assertEquals(List.of("first", "fourth", "third", "second"), titles());
        release(first, fourth, third, second);
        assertEquals(List.of("first", "fourth", "third", "second"), done);
    }

    @Test
    void aJobThatWaitsIsTakenOutWithoutEverHavingBegun() throws Exception {
        Job first = start("first");
        first.awaitStart();
        Job second = start("second");
        queue.cancel(id("second"));
        second.thread.join();
        assertTrue(second.failure.get() instanceof CancelledException);
        assertEquals(List.of("first"), titles());
        release(first);
        assertEquals(List.of("first"), done);
    }

    @Test
    void aJobThatRunsIsToldToEndAndTheNextBegins() throws Exception {
        Job first = start("first");
        first.awaitStart();
        Job second = start("second");
        queue.cancel(id("first"));
        first.thread.join();
        assertTrue(first.failure.get() instanceof CancelledException);
        second.awaitStart();
        release(second);
        assertNull(second.failure.get());
    }

    @Test
    void aJobThatFailsLeavesItsTurnToTheNext() {
        assertThrows(
                IllegalStateException.class,
                () -> queue.run("bad", Progress.NONE, progress -> {
                    throw new IllegalStateException("bad");
                }));
        assertEquals("good", queue.run("next", Progress.NONE, progress -> "good"));
        assertEquals(0, queue.size());
    }

    @Test
    void whatIsStartedInATurnHasThatTurn() {
        String made = queue.run(
                "outer",
                Progress.NONE,
                progress -> queue.run("inner", Progress.NONE, inner -> {
                    assertEquals(List.of("outer"), titles());
                    return "made";
                }));
        assertEquals("made", made);
    }

    @Test
    void whoeverWaitsMayGiveUp() throws Exception {
        Job first = start("first");
        first.awaitStart();
        AtomicBoolean escape = new AtomicBoolean();
        Progress macro = new Progress() {
            @Override
            public void report(Stage stage, int stageDone, int total) {}

            @Override
            public boolean isCancelled() {
                return escape.get();
            }
        };
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        Thread second = new Thread(() -> {
            try {
                queue.run("second", macro, progress -> done.add("second"));
            } catch (RuntimeException e) {
                failure.set(e);
            }
        });
        second.start();
        await(() -> queue.size() == 2);
        escape.set(true);
        second.join();
        assertTrue(failure.get() instanceof CancelledException);
        release(first);
        assertEquals(List.of("first"), done);
    }

    @Test
    void anInterruptEndsTheWaiting() throws Exception {
        Job first = start("first");
        first.awaitStart();
        Job second = start("second");
        second.thread.interrupt();
        second.thread.join();
        assertTrue(second.failure.get() instanceof CancelledException);
        release(first);
    }

    @Test
    void whatIsToldIsSeenInTheListAndGoesOn() {
        List<Object> told = new CopyOnWriteArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void report(Stage stage, int stageDone, int total) {
                told.add(stage);
            }

            @Override
            public void notice(String sentence) {
                told.add(sentence);
            }

            @Override
            public boolean wantsPreview() {
                return true;
            }

            @Override
            public void preview(RgbImage picture) {
                told.add(picture);
            }
        };
        RgbImage picture = new RgbImage(1, 1, new float[3]);
        JobQueue.Entry entry = queue.enter("job");
        assertEquals("waiting", queue.jobs().get(0).status());
        entry.run(Progress.NONE, () -> {
            assertEquals("Loading model", queue.jobs().get(0).status());
            Progress both = entry.told(progress);
            both.report(Stage.DENOISING, 5, 10);
            both.notice("a notice");
            both.preview(picture);
            assertTrue(both.wantsPreview());
            QueuedJob seen = queue.jobs().get(0);
            assertTrue(seen.status().startsWith("Denoising: 5 of 10"), seen.status());
            assertTrue(seen.done() > 0.4 && seen.done() < 0.6, seen.toString());
            return null;
        });
        assertEquals(List.of(Stage.DENOISING, "a notice", picture), told);
    }

    @Test
    void manyThreadsAtOnceNeverShareATurn() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Thread[] threads = new Thread[20];
        for (int i = 0; i < threads.length; i++) {
            String title = "job " + i;
            threads[i] = new Thread(() -> queue.run(title, Progress.NONE, progress -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                queue.jobs().forEach(job -> queue.moveUp(job.id()));
                inside.decrementAndGet();
                return done.add(title);
            }));
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(1, most.get());
        assertEquals(20, done.size());
        assertFalse(queue.size() > 0);
    }

    private Job start(String title) throws InterruptedException {
        int before = queue.size();
        Job job = new Job(title);
        job.thread.start();
        await(() -> queue.size() == before + 1);
        return job;
    }

    private static void release(Job... jobs) throws InterruptedException {
        for (Job job : jobs) {
            job.release.countDown();
            job.thread.join();
        }
    }

    private List<String> titles() {
        return queue.jobs().stream().map(QueuedJob::title).toList();
    }

    private long id(String title) {
        return queue.jobs().stream()
                .filter(job -> job.title().equals(title))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }

    /** Works until it is released or cancelled. */
    private final class Job {

        private final CountDownLatch started = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
        private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
        private final Thread thread;

        Job(String title) {
            thread = new Thread(() -> {
                try {
                    queue.run(title, Progress.NONE, progress -> {
                        started.countDown();
                        work(progress);
                        return done.add(title);
                    });
                } catch (RuntimeException e) {
                    failure.set(e);
                }
            });
        }

        private void work(Progress progress) {
            try {
                while (!release.await(5, TimeUnit.MILLISECONDS)) {
                    progress.checkCancelled();
                }
            } catch (InterruptedException e) {
                throw new CancelledException();
            }
        }

        void awaitStart() throws InterruptedException {
            started.await();
        }
    }
}
