package sc.fiji.diffusion.engine.download;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxy for an address: that of the variables {@code HTTPS_PROXY}, {@code HTTP_PROXY} or {@code ALL_PROXY}, in either
 * case, except for hosts in {@code NO_PROXY}; without them Java's own, which knows {@code -Dhttps.proxyHost} and, with
 * {@code -Djava.net.useSystemProxies=true}, the system's settings.
 */
final class SystemProxies extends ProxySelector {

    private static final int HTTP_PORT = 80;

    private final Map<String, String> environment;
    private final Optional<ProxySelector> others;

    /**
     * @param environment variables by name
     * @param others where no variable is set
     */
    SystemProxies(Map<String, String> environment, Optional<ProxySelector> others) {
        this.environment = Map.copyOf(environment);
        this.others = others;
    }

    static SystemProxies here() {
        return new SystemProxies(System.getenv(), Optional.ofNullable(ProxySelector.getDefault()));
    }

    @Override
    public List<Proxy> select(URI uri) {
        Optional<String> named = variable(uri.getScheme() + "_proxy").or(() -> variable("all_proxy"));
        if (named.isEmpty()) {
            return others.map(selector -> selector.select(uri)).orElse(List.of(Proxy.NO_PROXY));
        }
        return List.of(isExcepted(uri.getHost()) ? Proxy.NO_PROXY : proxy(named.get()));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .or(() -> Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT))))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private boolean isExcepted(String host) {
        return variable("no_proxy").stream()
                .flatMap(list -> Arrays.stream(list.split(",", -1)))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> entry.equals("*")
                        || host.equalsIgnoreCase(entry)
                        || host.toLowerCase(Locale.ROOT)
                                .endsWith(
                                        "." + entry.replaceFirst("^\\*?\\.", "").toLowerCase(Locale.ROOT)));
    }

    /** Such as {@code http://proxy:3128}, with or without the scheme. */
    private static Proxy proxy(String named) {
        URI address = URI.create(named.contains("://") ? named : "http://" + named);
        int port = address.getPort() < 0 ? HTTP_PORT : address.getPort();
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.getHost(), port));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        others.ifPresent(selector -> selector.connectFailed(uri, address, failure));
    }
}
