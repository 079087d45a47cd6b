package sc.fiji.diffusion.engine.worker;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ServiceConfigurationError;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apposed.appose.SharedMemory;
import sc.fiji.diffusion.engine.EngineException;

/**
 * Memory that both processes see, through which parcels go piece by piece. One for a worker's whole life, and small:
 * what is shared is limited in containers, and Appose 0.9.0 keeps a handle open for every segment that it attaches.
 * Thread-safe; the client makes it and frees it, the worker frees it where the client can't any more.
 */
final class Window implements AutoCloseable {

    /** Four megabytes: a picture of 512×512 is one piece. */
    static final int BYTES = 4 << 20;

    private final SharedMemory memory;
    private final ByteBuffer bytes;
    private boolean closed;

    private Window(SharedMemory memory) {
        this.memory = memory;
        this.bytes = memory.buf().order(ByteOrder.nativeOrder());
    }

    /** @throws EngineException if there is no shared memory here */
    static Window create() {
        Window window = new Window(found(() -> SharedMemory.create(BYTES)));
        window.touch();
        return window;
    }

    /** The window that another process has made. */
    static Window attach(String name) {
        return new Window(found(() -> SharedMemory.attach(name, BYTES)));
    }

    /** The system gives memory when it is first written to; where it has none, that is better known now. */
    private void touch() {
        try {
            for (int i = 0; i < BYTES; i += 1 << 10) {
                bytes.put(i, (byte) 0);
            }
        } catch (InternalError e) {
            close();
            throw new EngineException("shared memory: expected 4 MB of it, found " + e.getMessage(), e);
        }
    }

    private static SharedMemory found(Supplier<SharedMemory> maker) {
        try {
            return PluginClassLoader.with(maker);
        } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
            throw new EngineException("shared memory: expected 4 MB of it, found " + e.getMessage(), e);
        }
    }

    /** By which the other process finds it. */
    String name() {
        return memory.name();
    }

    /** Shows a buffer over all of it, which is not to be kept: after {@link #close} touching it ends the process. */
    synchronized <T> T use(Function<ByteBuffer, T> work) {
        if (closed) {
            throw new EngineException("engine: expected shared memory, found that it was given back");
        }
        return work.apply(bytes.duplicate().order(ByteOrder.nativeOrder()));
    }

    /** Gives it back; the one who has made it frees it for all. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            memory.close();
        }
    }

    /** Frees it in place of the one who has made it. */
    synchronized void free() {
        if (!closed) {
            closed = true;
            memory.unlink();
        }
    }
}
