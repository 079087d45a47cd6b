package sc.fiji.diffusion.engine.inspect;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sc.fiji.diffusion.engine.checkpoint.CheckpointOptions;
import sc.fiji.diffusion.engine.hub.CatalogEntry;
import sc.fiji.diffusion.engine.hub.InstalledModel;
import sc.fiji.diffusion.engine.hub.ModelFile;
import sc.fiji.diffusion.engine.hub.ModelRow;
import sc.fiji.diffusion.engine.hub.Models;

/**
 * All that is known of a model without the network.
 *
 * @param row of the list of models, if it is one of it
 * @param inspection of its files; empty if it is not here
 * @param files with its weights
 */
public record ModelDescription(Optional<ModelRow> row, Optional<Inspection> inspection, List<ModelFile> files) {

    public ModelDescription {
        files = List.copyOf(files);
    }

    /**
     * Looks at a model, and reads its files for their hashes.
     *
     * @param name as {@link Models#locate} takes it, or of the curated list
     * @throws sc.fiji.diffusion.engine.DiffusionException if there is none of that name
     */
    public static ModelDescription of(String name) {
        Optional<ModelRow> row = ModelRow.list().stream()
                .filter(candidate -> candidate.name().equals(name)
                        || candidate.installed().map(InstalledModel::name).equals(Optional.of(name)))
                .findFirst();
        if (row.isPresent() && row.get().installed().isEmpty()) {
            return new ModelDescription(row, Optional.empty(), List.of());
        }
        Inspection inspection = Inspector.inspect(Models.locate(name), CheckpointOptions.NONE);
        return new ModelDescription(row, Optional.of(inspection), ModelFile.of(inspection.path()));
    }

    /** For people, lines that end in a line feed. */
    public static String text(String name) {
        ModelDescription description = of(name);
        StringBuilder text = new StringBuilder();
        description.inspection().map(InspectionText::of).ifPresent(text::append);
        for (ModelFile file : description.files()) {
            line(
                    text,
                    "file",
                    String.format(
                            Locale.ROOT, "%s, %.1f MB, SHA-256 %s", file.path(), file.bytes() / 1e6, file.sha256()));
        }
        description.row().flatMap(ModelRow::entry).ifPresent(entry -> write(text, entry));
        if (description.inspection().isEmpty()) {
            line(text, "fetch it", "diffuse models get " + name + ", or Plugins ▸ Diffusion ▸ Models…");
        }
        return text.toString();
    }

    private static void write(StringBuilder text, CatalogEntry entry) {
        line(text, "title", entry.title());
        line(text, "good for", entry.use());
        line(text, "repository", entry.repository().toString());
        line(text, "download", String.format(Locale.ROOT, "about %.2f GB", entry.bytes() / 1e9));
        line(text, "licence", entry.license());
        line(text, "device memory", String.format(Locale.ROOT, "about %.1f GB", entry.memory() / 1e9));
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "  %-16s%s%n", name, value.replaceAll("[\\p{Cntrl}]+", " ")));
    }
}
