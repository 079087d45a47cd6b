package sc.fiji.diffusion.engine.hub;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import sc.fiji.diffusion.engine.RequestException;

/**
 * Where the Hugging Face hub is, where its files are kept and who asks: by the environment variables that Python's
 * {@code huggingface_hub} reads, so that one setting is good for both.
 *
 * @param endpoint address without a slash at its end
 * @param cache folder in {@code huggingface_hub}'s layout
 * @param token of the user, never to be shown
 * @param offline whether nothing is to be asked over the network
 * @param symlinks whether the cache may have symbolic links, where the system can make them
 */
public record HubSettings(URI endpoint, Path cache, Optional<String> token, boolean offline, boolean symlinks) {

    /** The hub's address. */
    public static final String USUAL_ENDPOINT = "https://huggingface.co";

    /** System property that names another address. */
    public static final String ENDPOINT_PROPERTY = "diffusion.huggingface.endpoint";

    private static final Set<String> YES = Set.of("1", "ON", "YES", "TRUE");
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int LONGEST_TOKEN = 4096;

    /** Those of this process. */
    public static HubSettings current() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        Optional.ofNullable(System.getProperty(ENDPOINT_PROPERTY))
                .ifPresent(set -> environment.put("HF_ENDPOINT", set));
        Optional.ofNullable(System.getProperty(HuggingFaceCache.PROPERTY))
                .ifPresent(set -> environment.put("HF_HUB_CACHE", set));
        return of(environment);
    }

    /**
     * @param environment variables by name
     * @throws RequestException if an address or a token can't be one
     */
    public static HubSettings of(Map<String, String> environment) {
        HubVariables variables = new HubVariables(environment);
        return new HubSettings(
                endpoint(variables.text("HF_ENDPOINT").orElse(USUAL_ENDPOINT)),
                variables.cache(),
                token(variables),
                isYes(variables.text("HF_HUB_OFFLINE").or(() -> variables.text("TRANSFORMERS_OFFLINE"))),
                !isYes(variables.text("HF_HUB_DISABLE_SYMLINKS")));
    }

    private static boolean isYes(Optional<String> value) {
        return value.map(text -> text.toUpperCase(Locale.ROOT))
                .filter(YES::contains)
                .isPresent();
    }

    private static URI endpoint(String text) {
        try {
            URI address = new URI(text.replaceAll("/+$", ""));
            String scheme = Objects.requireNonNullElse(address.getScheme(), "").toLowerCase(Locale.ROOT);
            if (SCHEMES.contains(scheme) && address.getHost() != null && address.getRawQuery() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw new RequestException(
                    "HF_ENDPOINT: expected an address such as " + USUAL_ENDPOINT + ", found " + text, e);
        }
        throw new RequestException("HF_ENDPOINT: expected an address such as " + USUAL_ENDPOINT + ", found " + text);
    }

    private static Optional<String> token(HubVariables variables) {
        Optional<String> token = variables
                .text("HF_TOKEN")
                .or(() -> variables.text("HUGGING_FACE_HUB_TOKEN"))
                .or(() -> read(variables.tokenFile()))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
        token.ifPresent(text -> {
            // Its characters are not told: it is a secret, even when it is none.
            if (text.length() > LONGEST_TOKEN || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new RequestException("HF_TOKEN: expected the hub's token, found something that can't be one");
            }
        });
        return token;
    }

    private static Optional<String> read(Path file) {
        try {
            boolean readable = Files.isRegularFile(file) && Files.size(file) <= LONGEST_TOKEN;
            return readable ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException unreadable) {
            // Then this user has none.
            return Optional.empty();
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return endpoint + " in " + cache + (offline ? ", offline" : "");
    }
}
