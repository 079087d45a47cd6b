package sc.fiji.diffusion.engine.cuda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.aether.repository.RemoteRepository;

/** A Maven repository on this machine that breaks off transfers, and remembers what it was asked. */
final class FaultyServer implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile int breakAfter = Integer.MAX_VALUE;
    private volatile boolean ranges = true;

    FaultyServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    void put(String path, byte[] content) {
        files.put("/" + path, content);
    }

    /** Every transfer ends after so many bytes of what it should bring. */
    void breakAfter(int bytes) {
        breakAfter = bytes;
    }

    /** Takes no notice of what is asked for a part of a file. */
    void refuseRanges() {
        ranges = false;
    }

    /** Each as {@code path range}. */
    List<String> requests() {
        return requests;
    }

    String address() {
        return "http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort();
    }

    RemoteRepository repository() {
        return new RemoteRepository.Builder("local", "default", address()).build();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        String path = exchange.getRequestURI().getPath();
        requests.add(path.substring(path.lastIndexOf('/') + 1) + " " + range);
        byte[] content = files.get(path);
        if (content == null) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        boolean partly = ranges && range != null;
        int start = partly ? Integer.parseInt(range.replaceAll("bytes=(\\d+)-.*", "$1")) : 0;
        if (partly) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + start + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(partly ? 206 : 200, content.length - start);
        OutputStream out = exchange.getResponseBody();
        int count = content.length - start;
        out.write(content, start, Math.min(breakAfter, count));
        out.flush();
        if (breakAfter < count) {
            // Ends the connection, and not the answer.
            throw new IOException("broken off, as was wanted");
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
