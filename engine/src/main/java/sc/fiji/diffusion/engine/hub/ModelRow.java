package sc.fiji.diffusion.engine.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A line of the list of models: one that is here, or one that could be.
 *
 * @param name that {@link Models#locate} takes, or will take once it is here
 * @param kind what it is there for
 * @param state such as {@code fetched}
 * @param bytes on the disk, or about to be fetched
 * @param license as far as known without the network
 * @param use what it is good for; empty if that is not known
 * @param installed on this machine
 * @param entry of the curated list
 */
public record ModelRow(
        String name,
        ModelKind kind,
        String state,
        long bytes,
        String license,
        String use,
        Optional<InstalledModel> installed,
        Optional<CatalogEntry> entry) {

    private static final String AVAILABLE = "available";
    private static final String UNKNOWN_LICENSE = "not stated";
    private static final String OWN_LICENSE = "bsd-2-clause";
    private static final String OWN_USE =
            "Drawn micrographs of 128 x 128 pixels: to begin with, and to try things out.";

    /** What is here, and then those of the curated list that are not. */
    public static List<ModelRow> list() {
        List<ModelRow> rows = new ArrayList<>();
        for (InstalledModel model : InstalledModels.list()) {
            rows.add(of(model));
        }
        for (CatalogEntry entry : ModelCatalog.entries()) {
            boolean here = rows.stream().anyMatch(row -> row.entry().equals(Optional.of(entry)));
            if (!here) {
                rows.add(new ModelRow(
                        entry.name(),
                        entry.kind(),
                        AVAILABLE,
                        entry.bytes(),
                        entry.license(),
                        entry.use(),
                        Optional.empty(),
                        Optional.of(entry)));
            }
        }
        return rows;
    }

    private static ModelRow of(InstalledModel model) {
        boolean own = model.source() == InstalledModel.Source.BUILT_IN;
        Path folder =
                Files.isDirectory(model.path()) ? model.path() : model.path().getParent();
        return new ModelRow(
                model.entry().map(CatalogEntry::name).orElse(model.name()),
                model.kind(),
                model.isWhole() ? model.source().label() : "incomplete",
                model.bytes(),
                ModelCard.license(folder)
                        .or(() -> model.entry().map(CatalogEntry::license))
                        .orElse(own ? OWN_LICENSE : UNKNOWN_LICENSE),
                model.entry().map(CatalogEntry::use).orElse(own ? OWN_USE : ""),
                Optional.of(model),
                model.entry());
    }

    /** Whether it can be used now. */
    public boolean isUsable() {
        return installed.filter(InstalledModel::isWhole).isPresent();
    }

    /** The memory that a device should have for it, in words; empty if that is not known. */
    public String memory() {
        return entry.filter(known -> known.memory() > 0)
                .map(known -> String.format(Locale.ROOT, "%.1f GB", known.memory() / 1e9))
                .orElse("");
    }

    /** The size in words, such as {@code 2.14 GB}; {@code about} where only the hub knows it exactly. */
    public String size() {
        String about = installed.isPresent() ? "" : "about ";
        if (bytes >= 1_000_000_000) {
            return String.format(Locale.ROOT, "%s%.2f GB", about, bytes / 1e9);
        }
        return String.format(Locale.ROOT, bytes >= 100_000_000 ? "%s%.0f MB" : "%s%.1f MB", about, bytes / 1e6);
    }
}
