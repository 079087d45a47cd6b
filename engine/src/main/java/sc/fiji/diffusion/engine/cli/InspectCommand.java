package sc.fiji.diffusion.engine.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.inspect.Inspection;
import sc.fiji.diffusion.engine.inspect.InspectionJson;
import sc.fiji.diffusion.engine.inspect.InspectionText;
import sc.fiji.diffusion.engine.inspect.Inspector;

/** {@code diffuse inspect}. */
@Command(
        name = "inspect",
        description = "Says what a model's file or folder is, and whether it makes images on this computer.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class InspectCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH|NAME", description = "A file or folder, or a model's name (diffuse models list).")
    private String model;

    @Mixin
    private CheckpointArguments checkpointArguments;

    @Option(names = "--json", description = "Write JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() {
        Inspection inspection = Inspector.inspect(Models.locate(model), checkpointArguments.options());
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? InspectionJson.of(inspection) + "\n" : InspectionText.of(inspection));
        out.flush();
        return 0;
    }
}
