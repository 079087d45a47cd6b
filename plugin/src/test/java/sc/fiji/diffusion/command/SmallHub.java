package sc.fiji.diffusion.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A hub on this machine that has one repository: a folder's files. */
final class SmallHub implements AutoCloseable {

    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String repository;
    private final Map<String, Path> files = new TreeMap<>();
    private volatile int pauseMillis;

    SmallHub(String repository, Path folder) throws IOException {
        this.repository = repository;
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile)
                    .forEach(
                            file -> files.put(folder.relativize(file).toString().replace('\\', '/'), file));
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Sends 100 kB at a time, with a pause before. */
    void slowDown(int millis) {
        pauseMillis = millis;
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try {
            String path = exchange.getRequestURI().getPath();
            String resolve = "/" + repository + "/resolve/" + COMMIT + "/";
            if (path.startsWith("/api/models/" + repository + "/")) {
                send(exchange, listing().getBytes(StandardCharsets.UTF_8));
            } else if (path.startsWith(resolve)) {
                send(exchange, Files.readAllBytes(files.get(path.substring(resolve.length()))));
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        } finally {
            exchange.close();
        }
    }

    private void send(HttpExchange exchange, byte[] bytes) throws IOException {
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        for (int at = 0; at < bytes.length; at += 100_000) {
            pause();
            exchange.getResponseBody().write(bytes, at, Math.min(100_000, bytes.length - at));
            exchange.getResponseBody().flush();
        }
    }

    private void pause() throws IOException {
        try {
            Thread.sleep(pauseMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the test is over", e);
        }
    }

    private String listing() throws IOException {
        JsonArray siblings = new JsonArray();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            byte[] content = Files.readAllBytes(file.getValue());
            JsonObject lfs = new JsonObject();
            lfs.addProperty("sha256", sha256(content));
            lfs.addProperty("size", content.length);
            JsonObject sibling = new JsonObject();
            sibling.addProperty("rfilename", file.getKey());
            sibling.add("lfs", lfs);
            siblings.add(sibling);
        }
        JsonObject card = new JsonObject();
        card.addProperty("license", "bsd-2-clause");
        JsonObject root = new JsonObject();
        root.addProperty("sha", COMMIT);
        root.add("cardData", card);
        root.add("siblings", siblings);
        return root.toString();
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
