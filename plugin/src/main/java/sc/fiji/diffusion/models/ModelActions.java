package sc.fiji.diffusion.models;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Predicate;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.download.DownloadOptions;
import sc.fiji.diffusion.engine.download.DownloadPlan;
import sc.fiji.diffusion.engine.download.DownloadProgress;
import sc.fiji.diffusion.engine.download.ModelDownloader;
import sc.fiji.diffusion.engine.hub.HubSettings;
import sc.fiji.diffusion.engine.hub.ModelRow;
import sc.fiji.diffusion.engine.hub.Models;

/** What can be done with models. Blocks the calling thread, for minutes where something is fetched. */
public final class ModelActions {

    private ModelActions() {}

    /**
     * Fetches a model, or what is missing of it.
     *
     * @param accepted is asked whether the user accepts the licence, once it is known that something must be fetched
     * @return where it is
     * @throws RequestException if the licence was not accepted
     */
    public static Path get(
            String model, DownloadOptions options, Predicate<DownloadPlan> accepted, DownloadProgress progress) {
        HubSettings settings = HubSettings.current();
        if (settings.offline()) {
            return Models.locate(model);
        }
        ModelDownloader downloader = ModelDownloader.of(settings);
        DownloadPlan plan = downloader.plan(model, options, progress);
        if (!plan.missing().isEmpty() && !accepted.test(plan)) {
            throw new RequestException(
                    "accept: expected the licence of " + plan.name() + " to be accepted, found that it was not. "
                            + plan.license().sentence());
        }
        return downloader.fetch(plan, progress);
    }

    /** A line for each model that is here or could be. */
    public static String list() {
        StringBuilder text = new StringBuilder();
        for (ModelRow row : ModelRow.list()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s: %s, %s, %s, %s%n",
                    row.name(),
                    row.state(),
                    row.size(),
                    row.kind().label(),
                    row.license()));
        }
        return text.toString().stripTrailing();
    }
}
