package sc.fiji.diffusion.engine.hub;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Where this software keeps files that it can make or fetch again: each system's usual place. */
public final class CacheFolder {

    /** System property that names another place. */
    public static final String PROPERTY = "diffusion.cache";

    private static final String NAME = "diffusion-fiji";

    private CacheFolder() {}

    public static Path path() {
        Optional<String> chosen = Optional.ofNullable(System.getProperty(PROPERTY));
        return chosen.map(Path::of).orElseGet(CacheFolder::usual);
    }

    private static Path usual() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        Path home = Path.of(System.getProperty("user.home", "."));
        if (system.startsWith("windows")) {
            return environment("LOCALAPPDATA")
                    .orElse(home.resolve("AppData").resolve("Local"))
                    .resolve(NAME);
        }
        if (system.startsWith("mac")) {
            return home.resolve("Library").resolve("Caches").resolve(NAME);
        }
        return environment("XDG_CACHE_HOME").orElse(home.resolve(".cache")).resolve(NAME);
    }

    static Optional<Path> environment(String variable) {
        return Optional.ofNullable(System.getenv(variable))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }
}
