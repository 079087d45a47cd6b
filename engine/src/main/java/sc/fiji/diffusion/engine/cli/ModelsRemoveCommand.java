package sc.fiji.diffusion.engine.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.hub.ModelRemoval;

/** {@code diffuse models remove}. */
@Command(
        name = "remove",
        description =
                "Deletes a model that was fetched from the cache, or forgets a name that was added. Files that were"
                        + " added stay where they are.",
        mixinStandardHelpOptions = true)
final class ModelsRemoveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "As in the list; with @revision, that revision alone.")
    private String name;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() {
        ModelRemoval removal = ModelRemoval.of(name);
        String what = String.format(Locale.ROOT, "This %s (%.1f MB).", removal.what(), removal.bytes() / 1e6);
        if (!yes) {
            Optional<Boolean> answer = Question.ask(what + " Go on?");
            if (answer.isEmpty()) {
                throw new RequestException("remove: expected --yes, as there is no terminal to ask on. " + what);
            }
            if (!answer.get()) {
                return 0;
            }
        }
        removal.run();
        return 0;
    }
}
