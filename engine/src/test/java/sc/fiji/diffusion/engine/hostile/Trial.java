package sc.fiji.diffusion.engine.hostile;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.DiffusionException;

/**
 * Has a reader meet a file, and fails unless it ends well: it is taken, or refused with one sentence; and either way
 * memory was bounded by the file's size, time was bounded, nothing was written and no file left open.
 *
 * @param input the reader
 * @param folder its own, surroundings laid
 * @param slack how many times the memory that the input says may be used
 */
record Trial(HostileInput input, Path folder, int slack) {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    /** Of the processor, not of the clock: other work on the machine doesn't count. */
    private static final long MOST_NANOSECONDS = 10_000_000_000L;

    private static final int LONGEST_SENTENCE = 1000;
    private static final int REPETITIONS = 8;

    static Trial in(Path folder, HostileInput input, int slack) throws IOException {
        input.surround(folder);
        return new Trial(input, folder, slack);
    }

    /** The refusal; empty if the file was taken. */
    Optional<DiffusionException> of(byte[] bytes) {
        try {
            Path file = folder.resolve(input.file());
            Files.deleteIfExists(file);
            Files.write(file, bytes);
            return reading(bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #of}, with what lies in the file's place already. */
    Optional<DiffusionException> reading(long fileSize) throws IOException {
        List<String> before = listing();
        long openBefore = openFiles();
        long started = THREADS.getCurrentThreadCpuTime();
        long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
        Optional<DiffusionException> refusal = read();
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
        long nanoseconds = THREADS.getCurrentThreadCpuTime() - started;
        Assertions.assertTrue(nanoseconds <= MOST_NANOSECONDS, () -> input.name() + " took " + nanoseconds + " ns");
        requireLittleMemory(fileSize, allocated);
        if (openFiles() > openBefore) {
            requireClosedFiles();
        }
        Assertions.assertEquals(before, listing(), "files of the folder");
        refusal.ifPresent(this::requireOneSentence);
        return refusal;
    }

    private Optional<DiffusionException> read() {
        try {
            input.read(folder);
            return Optional.empty();
        } catch (DiffusionException e) {
            Assertions.assertFalse(e instanceof CancelledException, "nobody cancelled");
            return Optional.of(e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError(input.name() + ": expected a DiffusionException, found " + e, e);
        }
    }

    /** Once more if it was much: the first time, classes are loaded. */
    private void requireLittleMemory(long fileSize, long allocated) {
        long most = slack * input.mostAllocated(fileSize);
        if (allocated > most) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            read();
            long again = THREADS.getCurrentThreadAllocatedBytes() - before;
            Assertions.assertTrue(
                    again <= most,
                    () -> input.name() + ": expected at most " + most + " bytes of memory for a file of " + fileSize
                            + ", found " + again);
        }
    }

    /** Other threads open files too, but not one for each reading. */
    private void requireClosedFiles() throws IOException {
        long before = openFiles();
        for (int i = 0; i < REPETITIONS; i++) {
            read();
        }
        Assertions.assertTrue(
                openFiles() < before + REPETITIONS,
                () -> input.name() + ": expected closed files, found one more open after each reading");
    }

    private void requireOneSentence(DiffusionException refusal) {
        String message = refusal.getMessage();
        ToLongFunction<String> controls =
                text -> text.chars().filter(Character::isISOControl).count();
        Assertions.assertAll(
                () -> Assertions.assertFalse(message.isBlank(), "a sentence"),
                () -> Assertions.assertEquals(0, controls.applyAsLong(message), "control characters in: " + message),
                () -> Assertions.assertTrue(
                        message.length()
                                <= LONGEST_SENTENCE + 2 * folder.toString().length(),
                        () -> "a sentence of " + message.length() + " characters: " + message.substring(0, 400)));
    }

    private static long openFiles() throws IOException {
        if (!Files.isDirectory(OPEN_FILES)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            return files.count();
        }
    }

    private List<String> listing() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toString).sorted().toList();
        }
    }
}
