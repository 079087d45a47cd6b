package sc.fiji.diffusion.engine.hostile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sc.fiji.diffusion.engine.scheduler.Scheduler;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;
import sc.fiji.diffusion.engine.scheduler.SchedulerConfig;
import sc.fiji.diffusion.engine.scheduler.Schedulers;
import sc.fiji.diffusion.engine.scheduler.TorchRandom;

/** A scheduler's configuration, used: what it says may show only then. */
final class SchedulerRun {

    private static final int STEPS = 3;

    private SchedulerRun() {}

    /** The model's own scheduler, and every other one laid over its configuration, for a few steps. */
    static void everyName(Path model) {
        SchedulerConfig config =
                SchedulerConfig.parse(model.resolve("scheduler").resolve("scheduler_config.json"));
        List<SchedulerChoice> choices = new ArrayList<>(List.of(SchedulerChoice.modelDefault()));
        Schedulers.names().forEach(name -> choices.add(SchedulerChoice.named(name)));
        for (SchedulerChoice choice : choices) {
            run(choice.resolve(config).create(Math.min(STEPS, config.numTrainTimesteps())));
        }
    }

    private static void run(Scheduler scheduler) {
        float[] sample = {0.5f, -1, 2, scheduler.initNoiseSigma()};
        TorchRandom noise = new TorchRandom(1);
        for (int index = 0; index < scheduler.timesteps().length; index++) {
            float[] output = scheduler.scaleModelInput(sample, index);
            sample = scheduler.step(output, index, sample, noise);
        }
    }
}
