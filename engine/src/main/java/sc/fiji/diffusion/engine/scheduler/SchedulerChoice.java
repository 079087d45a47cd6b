package sc.fiji.diffusion.engine.scheduler;

import java.util.Objects;
import sc.fiji.diffusion.engine.RequestException;

/** Which scheduler a user wants; what that means is known when it meets the model's own configuration. */
public sealed interface SchedulerChoice {

    /** The scheduler that the model comes with. */
    static SchedulerChoice modelDefault() {
        return new ModelDefault();
    }

    /**
     * One of {@link Schedulers#names}, laid over the model's configuration.
     *
     * @throws RequestException if there is no such name
     */
    static SchedulerChoice named(String name) {
        return new Named(name);
    }

    /** This configuration, whatever the model's own says. */
    static SchedulerChoice configured(SchedulerConfig config) {
        return new Configured(config);
    }

    /** The configuration to run with, given the model's own. */
    SchedulerConfig resolve(SchedulerConfig modelConfig);

    /**
     * The name that makes the same scheduler of this model on the command line, or, where there is none, diffusers'
     * name of the class.
     */
    default String describe(SchedulerConfig modelConfig) {
        SchedulerConfig resolved = resolve(modelConfig);
        return Schedulers.nameOf(resolved, modelConfig).orElse(resolved.type().className());
    }

    /** The scheduler that the model comes with. */
    record ModelDefault() implements SchedulerChoice {

        @Override
        public SchedulerConfig resolve(SchedulerConfig modelConfig) {
            return modelConfig;
        }
    }

    /**
     * A scheduler by its name.
     *
     * @param name one of {@link Schedulers#names}
     */
    record Named(String name) implements SchedulerChoice {

        public Named {
            if (!Schedulers.names().contains(name)) {
                throw new RequestException(
                        "scheduler: expected one of " + String.join(", ", Schedulers.names()) + ", found " + name);
            }
        }

        @Override
        public SchedulerConfig resolve(SchedulerConfig modelConfig) {
            return Schedulers.overlay(name, modelConfig);
        }

        @Override
        public String describe(SchedulerConfig modelConfig) {
            return name;
        }
    }

    /**
     * A scheduler by its whole configuration.
     *
     * @param config used as it is
     */
    record Configured(SchedulerConfig config) implements SchedulerChoice {

        public Configured {
            Objects.requireNonNull(config, "config");
        }

        @Override
        public SchedulerConfig resolve(SchedulerConfig modelConfig) {
            return config;
        }
    }
}
