package sc.fiji.diffusion.engine.worker;

import java.util.Arrays;
import java.util.List;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.FailureSentence;
import sc.fiji.diffusion.engine.RequestException;

/**
 * Why a job could not be done, on its way to the other process.
 *
 * @param kind whose fault it is
 * @param message one sentence
 * @param trace where in the worker it happened
 */
record Failure(Kind kind, String message, List<Frame> trace) {

    Failure {
        trace = List.copyOf(trace);
    }

    /** The kinds of exceptions that say so. */
    enum Kind {
        REQUEST,
        CHECKPOINT,
        ENGINE
    }

    /**
     * A line of a stack trace.
     *
     * @param file empty where it is not known
     */
    record Frame(String type, String method, String file, int line) {

        static Frame of(StackTraceElement element) {
            String file = element.getFileName() == null ? "" : element.getFileName();
            return new Frame(element.getClassName(), element.getMethodName(), file, element.getLineNumber());
        }

        StackTraceElement element() {
            return new StackTraceElement(type, method, file.isEmpty() ? null : file, line);
        }
    }

    static Failure of(Throwable thrown) {
        List<Frame> trace = Arrays.stream(thrown.getStackTrace()).map(Frame::of).toList();
        if (thrown instanceof RequestException) {
            return new Failure(Kind.REQUEST, thrown.getMessage(), trace);
        }
        if (thrown instanceof CheckpointException) {
            return new Failure(Kind.CHECKPOINT, thrown.getMessage(), trace);
        }
        return new Failure(Kind.ENGINE, FailureSentence.of(thrown), trace);
    }

    /** The same exception in this process, caused by one with the other process's stack trace. */
    DiffusionException exception() {
        EngineException there = new EngineException("in the engine's process");
        there.setStackTrace(trace.stream().map(Frame::element).toArray(StackTraceElement[]::new));
        return switch (kind) {
            case REQUEST -> new RequestException(message, there);
            case CHECKPOINT -> new CheckpointException(message, there);
            case ENGINE -> new EngineException(message, there);
        };
    }
}
