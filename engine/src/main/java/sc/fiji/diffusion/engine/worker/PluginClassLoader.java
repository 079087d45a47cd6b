package sc.fiji.diffusion.engine.worker;

import java.util.function.Supplier;

/**
 * The class loader that has this program's jars, as the thread's own: by that one Appose and Groovy look for their
 * parts, and where the program is a plugin, the threads' own know nothing of its jars.
 */
final class PluginClassLoader {

    private PluginClassLoader() {}

    static <T> T with(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        set(thread);
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    static void set(Thread thread) {
        thread.setContextClassLoader(PluginClassLoader.class.getClassLoader());
    }
}
