package sc.fiji.diffusion.engine.download;

import java.util.Locale;
import java.util.Optional;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.engine.hub.HubName;
import sc.fiji.diffusion.engine.hub.HubSettings;

/**
 * Finds a repository's licence: the text of the file that its card links to, or of its file {@code LICENSE}; else the
 * name and where to read it. Nothing is made up.
 *
 * @param client asks the hub
 * @param settings for addresses
 */
record LicenseReader(HubClient client, HubSettings settings) {

    private static final int MOST_BYTES = 1 << 18;

    License read(HubName name, Listing listing, Exchange exchange) throws InterruptedException {
        String page = settings.endpoint() + "/" + name.repository();
        String called = listing.licenseName()
                .or(listing::license)
                .map(text -> text.replaceAll("\\p{Cntrl}+", " "))
                .orElse(License.NOT_STATED);
        Optional<HubFile> file = file(name, listing);
        String address = file.map(found -> page + "/blob/" + name.revision() + "/" + found.path())
                .or(() -> listing.licenseLink().filter(link -> link.matches("https?://[!-~]+")))
                .orElse(page);
        Optional<String> text =
                file.isPresent() ? text(name, listing.commit(), file.get(), exchange) : Optional.empty();
        return new License(called, address, text);
    }

    private static Optional<HubFile> file(HubName name, Listing listing) {
        Optional<HubFile> linked = listing.licenseLink()
                .map(link -> link.contains("/" + name.repository() + "/")
                        ? link.replaceFirst(".*/(?:blob|resolve|raw)/[^/]+/", "")
                        : link)
                .flatMap(listing::file);
        return linked.or(() -> listing.files().stream()
                        .filter(file -> file.path().toUpperCase(Locale.ROOT).matches("LICEN[CS]E[^/]*"))
                        .findFirst())
                .filter(file -> file.size() <= MOST_BYTES);
    }

    /** Empty if it can't be had: then its address says where it is. */
    private Optional<String> text(HubName name, String commit, HubFile file, Exchange exchange)
            throws InterruptedException {
        try {
            String text = client.text(name, commit, file.path(), MOST_BYTES, exchange);
            // A terminal would obey some of them.
            return Optional.of(text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", ""));
        } catch (DiffusionException notText) {
            return Optional.empty();
        }
    }
}
