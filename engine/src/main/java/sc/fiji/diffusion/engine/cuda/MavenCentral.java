package sc.fiji.diffusion.engine.cuda;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.apache.maven.settings.crypto.DefaultSettingsDecrypter;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.eclipse.aether.repository.Authentication;
import org.eclipse.aether.repository.Proxy;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;
import org.sonatype.plexus.components.cipher.DefaultPlexusCipher;
import org.sonatype.plexus.components.sec.dispatcher.DefaultSecDispatcher;
import org.xml.sax.InputSource;
import sc.fiji.diffusion.engine.EngineException;

/**
 * Maven Central as this user's Maven reaches it: by the mirror, proxy and password of the {@code settings.xml} in {@code
 * ~/.m2}, or in the folder of Maven itself.
 */
final class MavenCentral {

    /** System property: a settings file to use instead of the one in {@code ~/.m2}. */
    static final String SETTINGS_PROPERTY = "diffusion.maven.settings";

    /** What every project inherits from: Maven's own word for where Central is. */
    private static final String SUPER_POM = "/org/apache/maven/model/pom-4.0.0.xml";

    private static final String CENTRAL = "/project/repositories/repository[id='central']/url";

    private MavenCentral() {}

    /** @throws EngineException if the settings can't be read, or say that Maven is to stay off the network */
    static RemoteRepository repository() {
        Path home = Path.of(System.getProperty("user.home", "."), ".m2");
        Path user = Optional.ofNullable(System.getProperty(SETTINGS_PROPERTY))
                .map(Path::of)
                .orElse(home.resolve("settings.xml"));
        return repository(user, global(), home.resolve("settings-security.xml"));
    }

    /** The settings of whoever installed Maven; where there is none, a file that is not there. */
    private static Path global() {
        return Stream.of("MAVEN_HOME", "M2_HOME")
                .map(System::getenv)
                .filter(folder -> folder != null && !folder.isBlank())
                .map(folder -> Path.of(folder, "conf", "settings.xml"))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(Path.of("/etc", "maven", "settings.xml"));
    }

    static RemoteRepository repository(Path user, Path global, Path security) {
        Settings settings = read(user, global);
        if (settings.isOffline()) {
            throw new EngineException(user + ": expected settings that let Maven use the network, found offline");
        }
        SettingsDecryptionResult secrets = decrypted(settings, security);
        RemoteRepository central = new RemoteRepository.Builder("central", "default", address()).build();
        RemoteRepository mirror = mirrors(settings).getMirror(central);
        RemoteRepository chosen = mirror == null ? central : mirror;
        if (chosen.isBlocked()) {
            throw new EngineException(
                    user + ": expected a mirror that may be used, found that " + chosen.getId() + " is blocked");
        }
        return new RemoteRepository.Builder(chosen)
                .setProxy(proxies(secrets).getProxy(chosen))
                .setAuthentication(servers(secrets).getAuthentication(chosen))
                .build();
    }

    private static String address() {
        try (InputStream pom = Objects.requireNonNull(MavenCentral.class.getResourceAsStream(SUPER_POM), SUPER_POM)) {
            return XPathFactory.newInstance().newXPath().evaluate(CENTRAL, new InputSource(pom));
        } catch (IOException | XPathExpressionException e) {
            throw new EngineException(SUPER_POM + ": expected Maven's own repository, found " + e, e);
        }
    }

    private static Settings read(Path user, Path global) {
        DefaultSettingsBuildingRequest request = new DefaultSettingsBuildingRequest();
        request.setUserSettingsFile(existing(user));
        request.setGlobalSettingsFile(existing(global));
        // For ${env.NAME} and ${user.home} in them.
        request.setSystemProperties(System.getProperties());
        System.getenv().forEach((name, value) -> request.getSystemProperties().setProperty("env." + name, value));
        try {
            return new DefaultSettingsBuilderFactory()
                    .newInstance()
                    .build(request)
                    .getEffectiveSettings();
        } catch (SettingsBuildingException e) {
            throw new EngineException(user + ": expected Maven's settings, found " + e.getMessage(), e);
        }
    }

    private static File existing(Path file) {
        return Files.isRegularFile(file) ? file.toFile() : null;
    }

    /** Passwords in braces are encrypted by {@code mvn --encrypt-password}; what can't be decrypted stays as it is. */
    private static SettingsDecryptionResult decrypted(Settings settings, Path security) {
        DefaultSecDispatcher dispatcher = new DefaultSecDispatcher(new DefaultPlexusCipher());
        dispatcher.setConfigurationFile(security.toString());
        return new DefaultSettingsDecrypter(dispatcher).decrypt(new DefaultSettingsDecryptionRequest(settings));
    }

    private static DefaultMirrorSelector mirrors(Settings settings) {
        DefaultMirrorSelector selector = new DefaultMirrorSelector();
        for (Mirror mirror : settings.getMirrors()) {
            selector.add(
                    mirror.getId(),
                    mirror.getUrl(),
                    mirror.getLayout(),
                    false,
                    mirror.isBlocked(),
                    mirror.getMirrorOf(),
                    mirror.getMirrorOfLayouts());
        }
        return selector;
    }

    private static DefaultProxySelector proxies(SettingsDecryptionResult secrets) {
        DefaultProxySelector selector = new DefaultProxySelector();
        for (org.apache.maven.settings.Proxy proxy : secrets.getProxies()) {
            if (proxy.isActive()) {
                Authentication login = login(proxy.getUsername(), proxy.getPassword());
                selector.add(
                        new Proxy(proxy.getProtocol(), proxy.getHost(), proxy.getPort(), login),
                        proxy.getNonProxyHosts());
            }
        }
        return selector;
    }

    private static DefaultAuthenticationSelector servers(SettingsDecryptionResult secrets) {
        DefaultAuthenticationSelector selector = new DefaultAuthenticationSelector();
        for (Server server : secrets.getServers()) {
            selector.add(server.getId(), login(server.getUsername(), server.getPassword()));
        }
        return selector;
    }

    private static Authentication login(String user, String password) {
        return new AuthenticationBuilder()
                .addUsername(user)
                .addPassword(password)
                .build();
    }
}
