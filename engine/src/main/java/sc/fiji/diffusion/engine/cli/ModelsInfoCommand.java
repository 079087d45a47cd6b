package sc.fiji.diffusion.engine.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import sc.fiji.diffusion.engine.inspect.InspectionJson;
import sc.fiji.diffusion.engine.inspect.ModelDescription;

/** {@code diffuse models info}. */
@Command(
        name = "info",
        description =
                "Says what a model is: its family, size, precision, licence, and its files with their SHA-256. Uses"
                        + " no network.",
        mixinStandardHelpOptions = true)
final class ModelsInfoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "As in the list, or a path.")
    private String name;

    @Option(names = "--json", description = "Write JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? json() : ModelDescription.text(name));
        out.flush();
        return 0;
    }

    private String json() {
        ModelDescription description = ModelDescription.of(name);
        JsonObject whole = description.row().map(ModelsJson::row).orElseGet(JsonObject::new);
        description.inspection().ifPresent(inspection -> {
            whole.add("inspection", JsonParser.parseString(InspectionJson.of(inspection)));
            whole.add("files", ModelsJson.files(description.files()));
        });
        return ModelsJson.text(whole) + "\n";
    }
}
