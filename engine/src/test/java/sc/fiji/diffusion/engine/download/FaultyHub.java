package sc.fiji.diffusion.engine.download;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.hub.HubName;

/** The hub on this machine, with one repository, that misbehaves as it is told and remembers what it was asked. */
public final class FaultyHub implements AutoCloseable {

    public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    /** Larger files are known by SHA-256, as those in git's large file storage. */
    private static final int LARGEST_SMALL = 5_000;

    /** What was asked. */
    record Asked(String method, String path, String range, String authorization) {}

    /** What is wrong with an answer. */
    @FunctionalInterface
    interface Fault {
        /** @param content of the file that is asked for */
        void answer(HttpExchange exchange, byte[] content) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String repository;
    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, Deque<Fault>> once = new ConcurrentHashMap<>();
    private final Map<String, Fault> always = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final JsonObject card = new JsonObject();
    private volatile String listing;

    public FaultyHub(String repository) throws IOException {
        this(repository, 0);
    }

    private FaultyHub(String repository, int port) throws IOException {
        this.repository = repository;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Serves a folder until it is killed: to try other programs with it. Arguments: folder, owner/name, port. */
    public static void main(String[] arguments) throws IOException {
        FaultyHub hub = new FaultyHub(arguments[1], Integer.parseInt(arguments[2]));
        hub.putFolder(Path.of(arguments[0]));
        System.out.println(hub.endpoint());
    }

    public FaultyHub put(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    public FaultyHub put(String path, String content) {
        return put(path, content.getBytes(StandardCharsets.UTF_8));
    }

    /** All files below it. */
    public void putFolder(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
    }

    /** A field of the model card. */
    public FaultyHub says(String key, String value) {
        card.addProperty(key, value);
        return this;
    }

    byte[] content(String path) {
        return files.get(path);
    }

    /** The next answer for a path below the repository's is this one; {@code listing} stands for the list of files. */
    FaultyHub next(String path, Fault fault) {
        once.computeIfAbsent(path, key -> new ArrayDeque<>()).add(fault);
        return this;
    }

    /** Every answer for a path is this one. */
    FaultyHub always(String path, Fault fault) {
        always.put(path, fault);
        return this;
    }

    /** Behaves again. */
    void heal() {
        always.clear();
        once.clear();
    }

    /** Answers with this text when it is asked for the list of files. */
    void lists(String text) {
        listing = text;
    }

    List<Asked> asked() {
        return asked;
    }

    /** How often a file was asked for. */
    long count(String path) {
        return asked.stream()
                .filter(one -> one.path().endsWith("/" + path) && one.method().equals("GET"))
                .count();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(new Asked(
                exchange.getRequestMethod(),
                path,
                exchange.getRequestHeaders().getFirst("Range"),
                exchange.getRequestHeaders().getFirst("Authorization")));
        String files = "/" + repository + "/resolve/";
        try {
            if (path.startsWith("/api/models/" + repository + "/")) {
                byte[] text = listing().getBytes(StandardCharsets.UTF_8);
                fault("listing").answer(exchange, text);
            } else if (path.startsWith(files) && path.indexOf('/', files.length()) > 0) {
                String file = path.substring(path.indexOf('/', files.length()) + 1);
                file(exchange, file);
            } else if (path.startsWith("/elsewhere/")) {
                Faults.whole(exchange, this.files.get(path.substring("/elsewhere/".length())));
            } else {
                Faults.status(404, Map.of("X-Error-Code", "RepoNotFound")).answer(exchange, new byte[0]);
            }
        } finally {
            exchange.close();
        }
    }

    private void file(HttpExchange exchange, String file) throws IOException {
        byte[] content = files.get(file);
        if (content == null) {
            Faults.status(404, Map.of("X-Error-Code", "EntryNotFound")).answer(exchange, new byte[0]);
            return;
        }
        exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
        exchange.getResponseHeaders().set("ETag", "\"" + hash(content) + "\"");
        if (content.length > LARGEST_SMALL) {
            exchange.getResponseHeaders().set("X-Linked-Etag", "\"" + hash(content) + "\"");
            exchange.getResponseHeaders().set("X-Linked-Size", Integer.toString(content.length));
        }
        fault(file).answer(exchange, content);
    }

    private Fault fault(String path) {
        Deque<Fault> faults = once.get(path);
        Fault next = faults == null ? null : faults.poll();
        return next != null ? next : always.getOrDefault(path, Faults::whole);
    }

    private String listing() {
        if (listing != null) {
            return listing;
        }
        JsonObject root = new JsonObject();
        root.addProperty("id", repository);
        root.addProperty("sha", COMMIT);
        root.add("cardData", card);
        JsonArray siblings = new JsonArray();
        files.forEach((path, content) -> siblings.add(sibling(path, content)));
        root.add("siblings", siblings);
        return root.toString();
    }

    static JsonObject sibling(String path, byte[] content) {
        JsonObject sibling = new JsonObject();
        sibling.addProperty("rfilename", path);
        sibling.addProperty("size", content.length);
        sibling.addProperty("blobId", gitHash(content));
        if (content.length > LARGEST_SMALL) {
            JsonObject lfs = new JsonObject();
            lfs.addProperty("sha256", hash(content));
            lfs.addProperty("size", content.length);
            lfs.addProperty("pointerSize", 134);
            sibling.add("lfs", lfs);
        }
        return sibling;
    }

    static String hash(byte[] content) {
        return content.length > LARGEST_SMALL ? digest("SHA-256", content) : gitHash(content);
    }

    private static String gitHash(byte[] content) {
        byte[] header = ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[header.length + content.length];
        System.arraycopy(header, 0, all, 0, header.length);
        System.arraycopy(content, 0, all, header.length, content.length);
        return digest("SHA-1", all);
    }

    private static String digest(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public HubName name() {
        return HubName.parse(repository).orElseThrow();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
