package sc.fiji.diffusion.engine.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import sc.fiji.diffusion.engine.hub.AddedModels;

/** {@code diffuse models add}. */
@Command(
        name = "add",
        description = "Gives a name to a model's folder or file, which stays where it is.",
        mixinStandardHelpOptions = true)
final class ModelsAddCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "NAME", description = "Letters, digits, dots, dashes and underscores.")
    private String name;

    @Parameters(index = "1", paramLabel = "PATH", description = "A model's folder or .safetensors file.")
    private Path path;

    @Override
    public Integer call() {
        AddedModels.add(name, path);
        return 0;
    }
}
