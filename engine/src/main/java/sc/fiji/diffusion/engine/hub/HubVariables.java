package sc.fiji.diffusion.engine.hub;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The environment variables that {@code huggingface_hub} reads.
 *
 * @param environment variables by name
 */
record HubVariables(Map<String, String> environment) {

    HubVariables {
        environment = Map.copyOf(environment);
    }

    /** Empty if it is blank. */
    Optional<String> text(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** {@code HF_HUB_CACHE}, or {@code hub} in {@code HF_HOME}, or {@code ~/.cache/huggingface/hub}. */
    Path cache() {
        return path("HF_HUB_CACHE").or(() -> path("HUGGINGFACE_HUB_CACHE")).orElseGet(() -> home().resolve("hub"));
    }

    /** {@code HF_TOKEN_PATH}, or {@code token} in {@code HF_HOME}. */
    Path tokenFile() {
        return path("HF_TOKEN_PATH").orElseGet(() -> home().resolve("token"));
    }

    private Path home() {
        return path("HF_HOME").orElseGet(() -> path("XDG_CACHE_HOME")
                .orElseGet(() -> Path.of(System.getProperty("user.home", "."), ".cache"))
                .resolve("huggingface"));
    }

    /** With the tilde that Python expands. */
    private Optional<Path> path(String name) {
        return text(name)
                .map(value -> value.equals("~") || value.startsWith("~/") || value.startsWith("~\\")
                        ? Path.of(System.getProperty("user.home", ".") + value.substring(1))
                        : Path.of(value));
    }
}
