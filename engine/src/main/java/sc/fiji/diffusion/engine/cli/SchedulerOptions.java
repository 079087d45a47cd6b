package sc.fiji.diffusion.engine.cli;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;
import sc.fiji.diffusion.engine.scheduler.SchedulerConfig;
import sc.fiji.diffusion.engine.scheduler.Schedulers;

/** How noise is taken away, step by step. */
final class SchedulerOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--scheduler",
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "One of ${COMPLETION-CANDIDATES} (default: the model's own).")
    private Optional<String> name;

    @Option(
            names = "--scheduler-config",
            paramLabel = "FILE.json",
            description = "A scheduler_config.json to use instead of the model's.")
    private Optional<Path> config;

    /** For the help: the schedulers that have a name. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Schedulers.names().iterator();
        }
    }

    /** An unknown name is a matter of usage. */
    SchedulerChoice choice() {
        if (name.isPresent() && config.isPresent()) {
            throw Usage.refusal(spec, "scheduler: expected --scheduler or --scheduler-config, found both");
        }
        if (config.isPresent()) {
            return SchedulerChoice.configured(SchedulerConfig.parse(config.get()));
        }
        return Usage.checked(spec, () -> name.map(SchedulerChoice::named).orElseGet(SchedulerChoice::modelDefault));
    }
}
