package sc.fiji.diffusion.engine.worker;

import java.util.concurrent.atomic.AtomicBoolean;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.pipeline.Execution;

/**
 * A program that has a long job done by a worker. It tells the worker's number, and {@code working} in mid-job. With the
 * argument {@code exit} it then ends by itself, with {@code return} its main thread comes to its end instead.
 */
final class ClientProgram {

    private ClientProgram() {}

    public static void main(String[] arguments) {
        String end = arguments[0];
        // As in ImageJ, whose threads know nothing of the plugins' jars.
        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
        WorkerEngine engine = new WorkerEngine();
        engine.prepare(Execution.USUAL);
        System.out.println(Workers.pid(engine));
        if (end.equals("return")) {
            Workers.picture(engine);
            System.out.println("working");
            return;
        }
        AtomicBoolean told = new AtomicBoolean();
        Progress progress = (stage, done, total) -> {
            if (stage == Progress.Stage.DENOISING && told.compareAndSet(false, true)) {
                System.out.println("working");
                if (end.equals("exit")) {
                    System.exit(0);
                }
            }
        };
        engine.run(Workers.job(Workers.MANY_STEPS, 1), progress);
    }
}
