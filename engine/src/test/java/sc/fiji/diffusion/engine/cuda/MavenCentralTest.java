package sc.fiji.diffusion.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.repository.AuthenticationContext;
import org.eclipse.aether.repository.RemoteRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.EngineException;

/** What a user's {@code settings.xml} says counts. */
class MavenCentralTest {

    private static final String MIRROR = "<mirrors><mirror><id>house</id><mirrorOf>central</mirrorOf>"
            + "<url>http://mirror.example/maven</url></mirror></mirrors>";

    @TempDir
    private Path folder;

    @Test
    void withoutSettingsItIsMavenCentral() {
        RemoteRepository repository = repository();
        assertEquals("https", URI.create(repository.getUrl()).getScheme(), repository.getUrl());
        assertNull(repository.getProxy());
    }

    @Test
    void aMirrorTakesItsPlaceWithItsPassword() throws IOException {
        user(MIRROR + "<servers><server><id>house</id><username>me</username><password>secret</password></server>"
                + "</servers>");
        RemoteRepository repository = repository();
        assertEquals("http://mirror.example/maven", repository.getUrl());
        try (AuthenticationContext login =
                AuthenticationContext.forRepository(new DefaultRepositorySystemSession(), repository)) {
            assertEquals("me", login.get(AuthenticationContext.USERNAME));
            assertEquals("secret", login.get(AuthenticationContext.PASSWORD));
        }
    }

    @Test
    void theSettingsOfTheInstallationCountToo() throws IOException {
        Files.writeString(folder.resolve("global.xml"), "<settings>" + MIRROR + "</settings>");
        assertEquals("house", repository().getId());
    }

    @Test
    void aProxyIsUsedIfItIsActive() throws IOException {
        String proxy = "<proxies><proxy><id>p</id><active>%s</active><protocol>http</protocol>"
                + "<host>proxy.example</host><port>3128</port></proxy></proxies>";
        user(proxy.formatted("true"));
        assertNotNull(repository().getProxy());
        assertEquals("proxy.example", repository().getProxy().getHost());
        user(proxy.formatted("false"));
        assertNull(repository().getProxy());
    }

    @Test
    void offlineIsHeeded() throws IOException {
        user("<offline>true</offline>");
        assertTrue(failure().endsWith("found offline"));
    }

    @Test
    void brokenSettingsAreToldByTheirName() throws IOException {
        user("<mirrors>");
        assertTrue(failure().startsWith(folder.resolve("user.xml") + ": expected Maven's settings, found "));
    }

    private String failure() {
        return assertThrows(EngineException.class, this::repository).getMessage();
    }

    private void user(String elements) throws IOException {
        Files.writeString(folder.resolve("user.xml"), "<settings>" + elements + "</settings>");
    }

    private RemoteRepository repository() {
        return MavenCentral.repository(
                folder.resolve("user.xml"), folder.resolve("global.xml"), folder.resolve("security.xml"));
    }
}
