package sc.fiji.diffusion.engine.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.download.TransferPool.Transfer;
import sc.fiji.diffusion.engine.hub.CachedRepository;
import sc.fiji.diffusion.engine.hub.CatalogEntry;
import sc.fiji.diffusion.engine.hub.HubName;
import sc.fiji.diffusion.engine.hub.HubSettings;
import sc.fiji.diffusion.engine.hub.ModelCatalog;
import sc.fiji.diffusion.engine.hub.Models;

/**
 * Fetches models from the Hugging Face hub into its cache: first a plan, with the licence for the user to accept, then the
 * files. May be called again after any failure, and then fetches what is missing. Thread-safe.
 */
public final class ModelDownloader {

    /** For links, small files and what else the disk needs meanwhile. */
    private static final long SPARE_BYTES = 50_000_000;

    private final HubSettings settings;
    private final HubClient client;
    private final TransferPool pool;

    ModelDownloader(HubSettings settings, RetryPolicy policy) {
        this.settings = settings;
        this.client = new HubClient(settings, policy);
        this.pool = new TransferPool(policy);
    }

    /** With the settings of this process. */
    public static ModelDownloader here() {
        return of(HubSettings.current());
    }

    public static ModelDownloader of(HubSettings settings) {
        return new ModelDownloader(settings, RetryPolicy.USUAL);
    }

    /**
     * Asks the hub what makes up a model. Nothing is fetched yet but lists and the licence.
     *
     * @param model a name of the curated list, or {@code owner/name[/file][@revision]}
     * @throws RequestException if it is no such name, nothing that the engine opens, or the network is not to be used
     * @throws EngineException if the hub can't be asked, or refuses
     * @throws sc.fiji.diffusion.engine.CancelledException soon after {@code progress} says so
     */
    public DownloadPlan plan(String model, DownloadOptions options, DownloadProgress progress) {
        Optional<CatalogEntry> entry = ModelCatalog.find(model.strip());
        HubName name = entry.map(CatalogEntry::repository)
                .or(() -> HubName.parse(model))
                .orElseThrow(() -> new RequestException(
                        "model: expected a name of diffuse models list, or owner/name as on the hub, found " + model));
        if (settings.offline()) {
            throw new RequestException(model + ": expected to ask the hub, found that the network is not to be used"
                    + " (HF_HUB_OFFLINE, or --offline)");
        }
        List<String> curated = entry.map(CatalogEntry::files).orElse(List.of());
        DownloadOptions wanted =
                options.files().isEmpty() ? new DownloadOptions(options.precision(), curated) : options;
        return pool.runOne(exchange -> plan(name, wanted, exchange), progress);
    }

    private DownloadPlan plan(HubName name, DownloadOptions options, Exchange exchange) throws InterruptedException {
        Listing listing = client.listing(name, exchange);
        List<HubFile> files = FileSelection.of(name, listing.files(), options);
        CachePlacement placement = placement(name, listing.commit());
        List<HubFile> missing =
                files.stream().filter(file -> !placement.isThere(file)).toList();
        License license = new LicenseReader(client, settings).read(name, listing, exchange);
        return new DownloadPlan(name, listing.commit(), files, missing, license);
    }

    private CachePlacement placement(HubName name, String commit) {
        return new CachePlacement(CachedRepository.of(settings.cache(), name), commit, settings.symlinks());
    }

    /**
     * Fetches what is missing of a plan; takes minutes.
     *
     * @return what to open: the folder or file, as {@link Models#locate} finds it from now on
     * @throws EngineException before anything is fetched, if there is not enough room on the disk; or if fetching fails
     * @throws sc.fiji.diffusion.engine.CancelledException soon after {@code progress} says so; what was fetched stays for
     *     the next time
     */
    public Path fetch(DownloadPlan plan, DownloadProgress progress) {
        CachedRepository repository = CachedRepository.of(settings.cache(), plan.name());
        CachePlacement placement = placement(plan.name(), plan.commit());
        List<HubFile> missing =
                plan.missing().stream().filter(file -> !placement.isThere(file)).toList();
        requireRoom(plan, placement, missing);
        TransferMeter meter = new TransferMeter(
                missing.size(), missing.stream().mapToLong(HubFile::size).sum(), System::nanoTime);
        List<Transfer<Path>> transfers = new ArrayList<>();
        for (HubFile file : missing) {
            transfers.add(exchange -> fetch(plan, file, repository, placement, meter, exchange));
        }
        pool.run(transfers, () -> {
            progress.report(meter.state());
            progress.checkCancelled();
        });
        placement.link(plan.files(), plan.name());
        return plan.name()
                .file()
                .map(file -> repository.snapshot(plan.commit()).resolve(file))
                .orElse(repository.snapshot(plan.commit()));
    }

    private Path fetch(
            DownloadPlan plan,
            HubFile file,
            CachedRepository repository,
            CachePlacement placement,
            TransferMeter meter,
            Exchange exchange)
            throws InterruptedException {
        Path content = placement.content(file);
        try (ContentLock lock =
                ContentLock.of(repository.locks().resolve(file.hash().hex() + ".lock"))) {
            if (!lock.isOpen() || placement.isThere(file)) {
                meter.found(file.size());
                meter.fileDone();
                return content;
            }
            return new FileDownload(client, plan.name(), plan.commit(), file, content, meter).run(exchange);
        } catch (IOException e) {
            throw new EngineException(repository.locks() + ": expected to lock a file there, found " + e, e);
        }
    }

    private void requireRoom(DownloadPlan plan, CachePlacement placement, List<HubFile> missing) {
        double needed = SPARE_BYTES;
        for (HubFile file : missing) {
            needed += Math.max(
                    0, file.size() - PartialContent.of(placement.content(file)).size());
        }
        try {
            Files.createDirectories(settings.cache());
            long room = Files.getFileStore(settings.cache()).getUsableSpace();
            if (room < needed) {
                throw new EngineException(String.format(
                        Locale.ROOT,
                        "%s: expected %.2f GB of room for %s, found %.2f GB; free some, or set HF_HOME to a folder"
                                + " elsewhere",
                        settings.cache(),
                        needed / 1e9,
                        plan.name(),
                        room / 1e9));
            }
        } catch (IOException e) {
            throw new EngineException(settings.cache() + ": expected a folder to write to, found " + e, e);
        }
    }
}
