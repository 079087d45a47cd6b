package sc.fiji.diffusion.engine.scheduler;

/**
 * The fields that one class of schedulers reads from a configuration, checked, with that class's defaults. A record:
 * equal settings make equal schedulers.
 */
sealed interface SchedulerSettings
        permits DdimScheduler.Settings,
                PndmScheduler.Settings,
                EulerDiscreteScheduler.Settings,
                EulerAncestralDiscreteScheduler.Settings,
                DpmSolverSettings {

    /** A scheduler for one run of {@code steps} steps, already known to be 1 to the number of training timesteps. */
    Scheduler create(int steps);

    /** How the model was trained to see noise. */
    TrainingNoise trainingNoise();
}
