package sc.fiji.diffusion.engine.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.hub.HubSettings;
import sc.fiji.diffusion.engine.provenance.EngineVersion;

/**
 * Asks the hub, by Java's own client: it needs no further library. Redirections are followed by hand, because the user's
 * token is for the hub alone: once an answer leads elsewhere, nobody gets it any more. HTTP/1.1, so that each file has a
 * connection of its own and one that breaks takes no other along.
 */
final class HubHttp {

    private static final Set<Integer> REDIRECTIONS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTIONS = 10;

    private final HubSettings settings;
    private final RetryPolicy policy;
    private final HttpClient client;

    HubHttp(HubSettings settings, RetryPolicy policy) {
        this.settings = settings;
        this.policy = policy;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(policy.silence())
                .proxy(SystemProxies.here())
                .build();
    }

    /**
     * @param path behind the hub's address, beginning with a slash, encoded
     * @param headers of the request, those for the token aside
     * @param exchange watches the body
     * @throws EngineException if redirections lead nowhere
     */
    HubAnswer get(String path, Map<String, String> headers, Exchange exchange)
            throws IOException, InterruptedException {
        URI uri = URI.create(settings.endpoint() + path);
        boolean trusted = true;
        Optional<HttpHeaders> first = Optional.empty();
        for (int i = 0; i <= MOST_REDIRECTIONS; i++) {
            exchange.requireGoing();
            HttpResponse<InputStream> response = answer(request(uri, headers, trusted));
            HttpHeaders hub = first.orElse(response.headers());
            if (!REDIRECTIONS.contains(response.statusCode())) {
                exchange.begin(response.body());
                return new HubAnswer(response.statusCode(), hub, response.headers(), response.body());
            }
            response.body().close();
            URI next = next(uri, response.headers());
            trusted = trusted && isSameOrigin(uri, next);
            first = Optional.of(hub);
            uri = next;
        }
        throw new EngineException(settings.endpoint().getHost() + ": expected an answer after at most "
                + MOST_REDIRECTIONS + " redirections, found more");
    }

    /** Waits for the headers. From Java 26 on, the timeout of a request would cut its body off as well. */
    private HttpResponse<InputStream> answer(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<InputStream>> answer = client.sendAsync(request, BodyHandlers.ofInputStream());
        try {
            return answer.get(policy.silence().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no answer for " + policy.silence().toSeconds() + " s");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
        } finally {
            // It is to end with this wait, whatever ends that; of one that is done this does nothing.
            answer.cancel(true);
        }
    }

    private HttpRequest request(URI uri, Map<String, String> headers, boolean trusted) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("User-Agent", "diffusion-fiji/" + EngineVersion.current())
                // A packed body would have another length.
                .header("Accept-Encoding", "identity");
        headers.forEach(request::header);
        if (trusted) {
            settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        }
        return request.build();
    }

    /** The addresses themselves are not told: behind the host they may hold what gives access. */
    static URI next(URI from, HttpHeaders headers) {
        String location = headers.firstValue("Location").orElse("");
        try {
            URI next = from.resolve(location);
            boolean secure = "https".equalsIgnoreCase(next.getScheme());
            boolean plain = "http".equalsIgnoreCase(next.getScheme());
            if (next.getHost() != null
                    && next.getUserInfo() == null
                    && (secure || (plain && "http".equalsIgnoreCase(from.getScheme())))
                    && !location.isBlank()) {
                return next;
            }
        } catch (IllegalArgumentException e) {
            throw new EngineException(from.getHost() + ": expected to be led to an address, found none", e);
        }
        throw new EngineException(
                from.getHost() + ": expected to be led to an address that is as safe (https), found another");
    }

    static boolean isSameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        int usual = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        return uri.getPort() < 0 ? usual : uri.getPort();
    }
}
