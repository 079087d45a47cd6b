package sc.fiji.diffusion.engine.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.EngineException;

/** The user's token is for the hub alone. */
class TokenTest extends HubTest {

    @Test
    void theHubGetsIt() {
        fetch();
        assertTrue(hub.asked().stream().allMatch(asked -> "Bearer hf_secret".equals(asked.authorization())));
    }

    @Test
    void anotherServerThatTheHubLeadsToDoesNot() throws IOException {
        try (FaultyHub other = new FaultyHub(NAME).put("there", hub.content(WEIGHTS))) {
            hub.always(WEIGHTS, Faults.redirect(other.endpoint().resolve("/elsewhere/there")));
            assertWhole(fetch());
            assertEquals(1, other.asked().size());
            assertNull(other.asked().get(0).authorization());
        }
    }

    @Test
    void norDoesTheSameMachineUnderAnotherName() throws IOException {
        String there = "http://localhost:" + hub.endpoint().getPort() + "/elsewhere/" + WEIGHTS;
        hub.always(WEIGHTS, Faults.redirect(URI.create(there)));
        assertWhole(fetch());
        assertNull(hub.asked().stream()
                .filter(asked -> asked.path().startsWith("/elsewhere/"))
                .findFirst()
                .orElseThrow()
                .authorization());
    }

    @Test
    void norTheHubItselfOnceAnAnswerLedElsewhere() throws IOException {
        try (FaultyHub other = new FaultyHub(NAME).put("there", "leads back")) {
            hub.always(WEIGHTS, Faults.redirect(other.endpoint().resolve("/" + NAME + "/resolve/x/there")));
            other.always("there", Faults.redirect(hub.endpoint().resolve("/elsewhere/" + WEIGHTS)));
            assertWhole(fetch());
            assertNull(last("/elsewhere/"));
        }
    }

    @Test
    void withinTheHubItStays() throws IOException {
        hub.always(WEIGHTS, Faults.status(307, Map.of("Location", "/elsewhere/" + WEIGHTS)));
        assertWhole(fetch());
        assertEquals("Bearer hf_secret", last("/elsewhere/"));
    }

    @Test
    void noAnswerLeadsFromASafeAddressToOneThatIsNot() {
        HttpHeaders plain =
                HttpHeaders.of(Map.of("Location", List.of("http://hub.example/x?secret=1")), (a, b) -> true);
        EngineException e =
                assertThrows(EngineException.class, () -> HubHttp.next(URI.create("https://hub.example/y"), plain));
        assertFalse(e.getMessage().contains("secret"), e.getMessage());
        assertFalse(HubHttp.isSameOrigin(URI.create("https://hub.example/"), URI.create("http://hub.example/")));
        assertFalse(HubHttp.isSameOrigin(URI.create("https://hub.example/"), URI.create("https://hub.example:8443/")));
        assertTrue(HubHttp.isSameOrigin(URI.create("https://hub.example/"), URI.create("https://HUB.example:443/")));
    }

    @Test
    void noTextTellsIt() {
        assertFalse(settings().toString().contains("hf_secret"));
    }

    private String last(String path) {
        return hub.asked().stream()
                .filter(asked -> asked.path().startsWith(path))
                .reduce((first, second) -> second)
                .orElseThrow()
                .authorization();
    }
}
