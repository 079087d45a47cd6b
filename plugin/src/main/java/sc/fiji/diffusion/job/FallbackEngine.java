package sc.fiji.diffusion.job;

import java.util.function.Consumer;
import java.util.function.Supplier;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.job.DiffusionJob;
import sc.fiji.diffusion.engine.job.Engine;
import sc.fiji.diffusion.engine.pipeline.Execution;

/**
 * An engine that another one takes the place of where it can't even be started, as where no process may be. Once it has
 * been started, its failures are its own: what has crashed there should not crash here.
 */
final class FallbackEngine implements Engine {

    private final Supplier<Engine> fallback;
    private final Consumer<String> notices;
    private Engine engine;
    private boolean decided;

    /** @param notices is told why the other one works */
    FallbackEngine(Engine preferred, Supplier<Engine> fallback, Consumer<String> notices) {
        this.engine = preferred;
        this.fallback = fallback;
        this.notices = notices;
    }

    @Override
    public <T> T run(DiffusionJob<T> job, Execution execution, Progress progress) {
        return decided(execution).run(job, execution, progress);
    }

    @Override
    public void prepare(Execution execution) {
        decided(execution).prepare(execution);
    }

    private synchronized Engine decided(Execution execution) {
        if (!decided) {
            try {
                engine.prepare(execution);
            } catch (EngineException e) {
                engine.close();
                engine = fallback.get();
                notices.accept("Diffusion works in ImageJ's own process (" + e.getMessage() + ")");
            }
            decided = true;
        }
        return engine;
    }

    @Override
    public void closeModel() {
        current().closeModel();
    }

    @Override
    public void close() {
        current().close();
    }

    private synchronized Engine current() {
        return engine;
    }
}
