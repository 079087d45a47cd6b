package sc.fiji.diffusion.engine.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import sc.fiji.diffusion.engine.checkpoint.CheckpointOptions;
import sc.fiji.diffusion.engine.hub.CatalogEntry;
import sc.fiji.diffusion.engine.hub.InstalledModel;
import sc.fiji.diffusion.engine.hub.ModelCatalog;
import sc.fiji.diffusion.engine.hub.ModelFile;
import sc.fiji.diffusion.engine.hub.ModelRow;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.inspect.Inspection;
import sc.fiji.diffusion.engine.inspect.InspectionJson;
import sc.fiji.diffusion.engine.inspect.InspectionText;
import sc.fiji.diffusion.engine.inspect.Inspector;

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
        Optional<CatalogEntry> entry = ModelCatalog.find(name);
        Optional<ModelRow> row = ModelRow.list().stream()
                .filter(candidate -> candidate.name().equals(name)
                        || candidate.installed().map(InstalledModel::name).equals(Optional.of(name)))
                .findFirst();
        PrintWriter out = spec.commandLine().getOut();
        if (entry.isPresent() && row.isPresent() && row.get().installed().isEmpty()) {
            out.print(json ? ModelsJson.text(ModelsJson.row(row.get())) + "\n" : text(entry.get(), row.get()));
        } else {
            Inspection inspection = Inspector.inspect(Models.locate(name), CheckpointOptions.NONE);
            List<ModelFile> files = ModelFile.of(inspection.path());
            out.print(json ? json(inspection, files, row) : InspectionText.of(inspection) + text(files));
        }
        out.flush();
        return 0;
    }

    private static String json(Inspection inspection, List<ModelFile> files, Optional<ModelRow> row) {
        JsonObject whole = row.map(ModelsJson::row).orElseGet(JsonObject::new);
        whole.add("inspection", JsonParser.parseString(InspectionJson.of(inspection)));
        whole.add("files", ModelsJson.files(files));
        return ModelsJson.text(whole) + "\n";
    }

    private static String text(List<ModelFile> files) {
        StringBuilder text = new StringBuilder();
        for (ModelFile file : files) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-16s%s, %.1f MB, SHA-256 %s%n",
                    "file",
                    file.path(),
                    file.bytes() / 1e6,
                    file.sha256()));
        }
        return text.toString();
    }

    private static String text(CatalogEntry entry, ModelRow row) {
        return String.format(
                Locale.ROOT,
                "%s%n  %-16s%s%n  %-16s%s%n  %-16s%s%n  %-16s%s%n  %-16s%s%n  %-16sabout %.1f GB%n  %-16s%s%n",
                entry.title(),
                "good for",
                entry.use(),
                "kind",
                entry.kind().label(),
                "repository",
                entry.repository(),
                "size",
                row.size(),
                "licence",
                entry.license(),
                "device memory",
                entry.memory() / 1e9,
                "fetch it",
                "diffuse models get " + entry.name());
    }
}
