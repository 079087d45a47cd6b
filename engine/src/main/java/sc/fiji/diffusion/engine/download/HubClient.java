package sc.fiji.diffusion.engine.download;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.hub.HubName;
import sc.fiji.diffusion.engine.hub.HubSettings;

/** The hub's protocol: what a repository holds, and where its files are. */
final class HubClient {

    private static final int MOST_LISTING_BYTES = 32 << 20;
    private static final int OK = 200;

    private final HubSettings settings;
    private final HubHttp http;
    private final Retries retries;

    HubClient(HubSettings settings, RetryPolicy policy) {
        this.settings = settings;
        this.http = new HubHttp(settings, policy);
        this.retries = new Retries(policy);
    }

    HubHttp http() {
        return http;
    }

    Retries retries() {
        return retries;
    }

    HubStatus status(HubName name) {
        return new HubStatus(name, settings);
    }

    /** What the hub has under a name. */
    Listing listing(HubName name, Exchange exchange) throws InterruptedException {
        String path = "/api/models/" + name.repository() + "/revision/" + encoded(name.revision()) + "?blobs=true";
        return ListingReader.read(name.toString(), fetched(name, "the model", path, MOST_LISTING_BYTES, exchange));
    }

    /** A small text of the repository. */
    String text(HubName name, String commit, String path, int mostBytes, Exchange exchange)
            throws InterruptedException {
        return fetched(name, path, filePath(name, commit, path), mostBytes, exchange);
    }

    private String fetched(HubName name, String what, String path, int mostBytes, Exchange exchange)
            throws InterruptedException {
        return retries.run(name.repository() + ": " + what, () -> {
            HubAnswer answer = http.get(path, Map.of(), exchange);
            try {
                return answer.status() == OK
                        ? new Outcome.Done<>(decoded(name + ": " + what, bytes(answer, mostBytes, name, exchange)))
                        : status(name).refused(what, answer);
            } finally {
                exchange.end();
            }
        });
    }

    private static byte[] bytes(HubAnswer answer, int most, HubName name, Exchange exchange) throws IOException {
        byte[] buffer = new byte[1 << 16];
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int read = answer.body().read(buffer);
                read >= 0;
                read = answer.body().read(buffer)) {
            exchange.sign();
            out.write(buffer, 0, read);
            if (out.size() > most) {
                throw new CheckpointException(
                        name + ": expected an answer of at most " + most + " bytes, found a longer one");
            }
        }
        return out.toByteArray();
    }

    private static String decoded(String what, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CheckpointException(what + ": expected a text in UTF-8, found bytes that are none", e);
        }
    }

    /** Where a file is, behind the hub's address. */
    static String filePath(HubName name, String commit, String path) {
        StringBuilder encoded = new StringBuilder();
        for (String part : path.split("/", -1)) {
            encoded.append('/').append(encoded(part));
        }
        return "/" + name.repository() + "/resolve/" + commit + encoded;
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
