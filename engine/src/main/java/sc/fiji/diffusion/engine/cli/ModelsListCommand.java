package sc.fiji.diffusion.engine.cli;

import com.google.gson.JsonArray;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sc.fiji.diffusion.engine.hub.ModelRow;

/** {@code diffuse models list}. */
@Command(
        name = "list",
        description =
                "Lists the models that are here, and those of the short list that can be fetched. Uses no network.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ModelsListCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Write JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<ModelRow> rows = ModelRow.list();
        if (json) {
            JsonArray array = new JsonArray();
            rows.forEach(row -> array.add(ModelsJson.row(row)));
            out.println(ModelsJson.text(array));
        } else {
            int width = rows.stream().mapToInt(row -> row.name().length()).max().orElse(1);
            for (ModelRow row : rows) {
                out.printf(
                        "%-" + width + "s  %-10s  %-13s  %-11s  %s%s%n",
                        row.name(),
                        row.state(),
                        row.size(),
                        row.kind().label(),
                        row.license(),
                        row.use().isEmpty() ? "" : ": " + row.use());
            }
        }
        out.flush();
        return 0;
    }
}
