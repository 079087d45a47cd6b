package sc.fiji.diffusion.engine.download;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.engine.hub.HubSettings;

/** Fetches a model in a process of its own. Arguments: the hub's address, the cache, owner/name. */
final class FetchProgram {

    private FetchProgram() {}

    public static void main(String[] arguments) {
        HubSettings settings =
                new HubSettings(URI.create(arguments[0]), Path.of(arguments[1]), Optional.empty(), false, true);
        ModelDownloader downloader = new ModelDownloader(settings, HubTest.QUICK);
        try {
            System.out.println(downloader.fetch(
                    downloader.plan(arguments[2], DownloadOptions.USUAL, DownloadProgress.NONE),
                    DownloadProgress.NONE));
        } catch (DiffusionException e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }
}
