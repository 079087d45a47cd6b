package sc.fiji.diffusion.engine.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import sc.fiji.diffusion.engine.FailureSentence;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.device.NativeLibraries;
import sc.fiji.diffusion.engine.provenance.EngineVersion;

/** The program {@code diffuse}. */
@Command(
        name = "diffuse",
        description = "Makes images with diffusion models, from checkpoints as they are.",
        mixinStandardHelpOptions = true,
        versionProvider = Diffuse.Version.class,
        subcommands = {
            TextToImageCommand.class,
            ImageToImageCommand.class,
            InpaintCommand.class,
            UpscaleCommand.class,
            VariationsCommand.class,
            InterpolateCommand.class,
            ReplayCommand.class,
            ProvenanceCommand.class,
            InspectCommand.class,
            ModelsCommand.class,
            WatermarkCommand.class,
            BenchCommand.class,
            DevicesCommand.class,
            CommandLine.HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class Diffuse implements Runnable {

    private static final String SYSTEM_PROXIES = "java.net.useSystemProxies";

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Print progress and, after a failure, where in the program it happened.")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    /** Runs the command line and ends the process with its exit status. */
    public static void main(String[] arguments) {
        // Read once, before the first connection. Without it Java knows only its own properties.
        if (System.getProperty(SYSTEM_PROXIES) == null) {
            System.setProperty(SYSTEM_PROXIES, "true");
        }
        Runnable program = () -> System.exit(execute(commandLine(), arguments));
        new Thread(null, program, "diffuse", NativeLibraries.STACK_BYTES).start();
    }

    /** picocli's, which knows exceptions alone: when memory or the stack runs out, the status tells it too. */
    static int execute(CommandLine commandLine, String... arguments) {
        try {
            return commandLine.execute(arguments);
        } catch (Error error) {
            return report(error, List.of(arguments).contains("--verbose"), commandLine);
        }
    }

    static CommandLine commandLine() {
        Diffuse diffuse = new Diffuse();
        return new CommandLine(diffuse)
                // A prompt may begin with an at sign.
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((failure, arguments) -> usage(failure))
                .setExecutionExceptionHandler(
                        (failure, commandLine, parsed) -> report(failure, diffuse.verbose, commandLine));
    }

    /** On standard error: notices, and the rest if the user wants to see it. */
    Progress progress() {
        return new ConsoleProgress(verbose, sentence -> note(spec.commandLine(), sentence));
    }

    /** Tells on standard error what is no failure. */
    static void note(CommandLine commandLine, String sentence) {
        PrintWriter err = commandLine.getErr();
        err.println("diffuse: note: " + sentence);
        err.flush();
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Missing required subcommand");
    }

    private static int usage(CommandLine.ParameterException failure) {
        CommandLine commandLine = failure.getCommandLine();
        PrintWriter err = commandLine.getErr();
        err.println("diffuse: " + FailureSentence.printable(failure.getMessage()));
        err.println("Try: " + commandLine.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    private static int report(Throwable failure, boolean verbose, CommandLine commandLine) {
        PrintWriter err = commandLine.getErr();
        err.println("diffuse: " + FailureSentence.of(failure));
        if (verbose) {
            failure.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Tells picocli the build's version. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"diffuse " + EngineVersion.current()};
        }
    }
}
