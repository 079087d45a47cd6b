package sc.fiji.diffusion.engine.worker;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apposed.appose.Service;

/**
 * Starts a service of Appose's so that its threads are in a group that hears when one of them fails, are daemons, and have
 * the plugin's class loader: all of that they have from the thread that starts them. Otherwise nobody would read answers any more and nobody would know, and the
 * client's JVM would not end by itself.
 */
final class ServiceLauncher extends ThreadGroup {

    private final Consumer<Throwable> failed;

    private ServiceLauncher(Consumer<Throwable> failed) {
        super("Diffusion-Worker");
        this.failed = failed;
    }

    /**
     * @param failed is told when a thread of the service ends by a fault
     * @throws IOException if the system starts no such process
     */
    static void start(Service service, Consumer<Throwable> failed) throws IOException {
        CompletableFuture<IOException> outcome = new CompletableFuture<>();
        Thread starting = new Thread(new ServiceLauncher(failed), () -> start(service, outcome), "Diffusion-Launcher");
        starting.setDaemon(true);
        PluginClassLoader.set(starting);
        starting.start();
        IOException failure = outcome.join();
        if (failure != null) {
            throw failure;
        }
    }

    private static void start(Service service, CompletableFuture<IOException> outcome) {
        try {
            service.start();
            outcome.complete(null);
        } catch (IOException e) {
            outcome.complete(e);
        } catch (RuntimeException | Error e) {
            outcome.completeExceptionally(e);
        }
    }

    @Override
    public void uncaughtException(Thread thread, Throwable fault) {
        failed.accept(fault);
    }
}
