package sc.fiji.diffusion.engine.download;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.hub.HubSettings;

class SystemProxiesTest extends HubTest {

    private static final URI HUB = URI.create("https://hub.example/x");

    @Test
    void theVariableOfTheSchemeCountsInEitherCase() {
        assertProxy("one:3128", Map.of("HTTPS_PROXY", "http://one:3128", "HTTP_PROXY", "two:80"));
        assertProxy("one:80", Map.of("https_proxy", "one"));
        assertProxy("three:8080", Map.of("ALL_PROXY", "http://three:8080/"));
    }

    @Test
    void someHostsGoWithout() {
        for (String excepted : List.of("*", "hub.example", "other, .example", "*.example", "EXAMPLE")) {
            Map<String, String> environment = Map.of("HTTPS_PROXY", "one:3128", "NO_PROXY", excepted);
            assertEquals(
                    List.of(Proxy.NO_PROXY), new SystemProxies(environment, Optional.empty()).select(HUB), excepted);
        }
        assertProxy("one:3128", Map.of("HTTPS_PROXY", "one:3128", "NO_PROXY", "ample,b.example"));
    }

    @Test
    void withoutVariablesJavasOwnCount() {
        ProxySelector own = ProxySelector.of(InetSocketAddress.createUnresolved("own", 1));
        assertEquals(own.select(HUB), new SystemProxies(Map.of(), Optional.of(own)).select(HUB));
        assertEquals(List.of(Proxy.NO_PROXY), new SystemProxies(Map.of(), Optional.empty()).select(HUB));
    }

    @Test
    void aDownloadGoesThroughIt() throws IOException {
        // To a proxy the request is the same, but for the host in its first line, which this server does not look at.
        ProxySelector before = ProxySelector.getDefault();
        try {
            ProxySelector.setDefault(ProxySelector.of(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), hub.endpoint().getPort())));
            HubSettings far = new HubSettings(URI.create("http://hub.invalid"), cache, Optional.empty(), false, true);
            ModelDownloader downloader = new ModelDownloader(far, QUICK);
            assertWhole(downloader.fetch(
                    downloader.plan(NAME, DownloadOptions.USUAL, DownloadProgress.NONE), DownloadProgress.NONE));
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    private static void assertProxy(String address, Map<String, String> environment) {
        Proxy proxy =
                new SystemProxies(environment, Optional.empty()).select(HUB).get(0);
        InetSocketAddress found = (InetSocketAddress) proxy.address();
        assertEquals(address, found.getHostString() + ":" + found.getPort());
    }
}
