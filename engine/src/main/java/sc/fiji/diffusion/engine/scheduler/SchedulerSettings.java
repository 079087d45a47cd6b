package sc.fiji.diffusion.engine.scheduler;

/**
 * The fields that one class of schedulers reads from a configuration, checked, with that class's defaults. A record:
 * equal settings make equal schedulers.
 */
sealed interface SchedulerSettings
        permits SchedulerSettings.WithBetas,
                EdmDpmSolverMultistepScheduler.Settings,
                EdmEulerScheduler.Settings,
                FlowMatchEulerDiscreteScheduler.Settings {

    /** A scheduler for one run of {@code steps} steps, already known to be 1 to the number of training timesteps. */
    Scheduler create(int steps);

    /** Timesteps of the training. */
    int numTrainTimesteps();

    /** Of a model whose training added noise by betas, as that of Stable Diffusion did. */
    sealed interface WithBetas extends SchedulerSettings
            permits DdimScheduler.Settings,
                    DdpmScheduler.Settings,
                    DeisMultistepScheduler.Settings,
                    DpmSolverMultistepScheduler.Settings,
                    DpmSolverSinglestepScheduler.Settings,
                    EulerAncestralDiscreteScheduler.Settings,
                    EulerDiscreteScheduler.Settings,
                    HeunDiscreteScheduler.Settings,
                    KDpm2AncestralDiscreteScheduler.Settings,
                    KDpm2DiscreteScheduler.Settings,
                    LcmScheduler.Settings,
                    LmsDiscreteScheduler.Settings,
                    PndmScheduler.Settings,
                    TcdScheduler.Settings,
                    UniPcMultistepScheduler.Settings {

        /** How the model was trained to see noise. */
        TrainingNoise trainingNoise();

        @Override
        default int numTrainTimesteps() {
            return trainingNoise().numTrainTimesteps();
        }
    }
}
