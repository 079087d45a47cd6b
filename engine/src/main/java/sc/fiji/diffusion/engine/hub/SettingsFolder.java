package sc.fiji.diffusion.engine.hub;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Where this software keeps what users told it: each system's usual place. */
public final class SettingsFolder {

    /** System property that names another place. */
    public static final String PROPERTY = "diffusion.settings";

    private static final String NAME = "diffusion-fiji";

    private SettingsFolder() {}

    public static Path path() {
        return Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of).orElseGet(SettingsFolder::usual);
    }

    private static Path usual() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        Path home = Path.of(System.getProperty("user.home", "."));
        if (system.startsWith("windows")) {
            return CacheFolder.environment("APPDATA")
                    .orElse(home.resolve("AppData").resolve("Roaming"))
                    .resolve(NAME);
        }
        if (system.startsWith("mac")) {
            return home.resolve("Library").resolve("Application Support").resolve(NAME);
        }
        return CacheFolder.environment("XDG_CONFIG_HOME")
                .orElse(home.resolve(".config"))
                .resolve(NAME);
    }
}
