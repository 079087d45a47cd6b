package sc.fiji.diffusion.engine.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code diffuse models}. */
@Command(
        name = "models",
        description = "Lists, fetches, names and removes models.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ModelsListCommand.class,
            ModelsGetCommand.class,
            ModelsAddCommand.class,
            ModelsInfoCommand.class,
            ModelsRemoveCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
final class ModelsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Missing required subcommand");
    }
}
