package sc.fiji.diffusion.engine.hub;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.file.Folder;

/**
 * The model that ships inside the jar. ONNX Runtime reads weights from files, so the model is laid into the cache
 * folder once; its list of files with their SHA-256 names the folder and is checked at the first use of a process, and
 * again when a file has changed since, so that a damaged or half-written copy is laid anew.
 */
final class EmbeddedModel {

    private static final String ROOT = Models.EMBEDDED + "/";
    private static final String SUMS = "SHA256SUMS";

    /** One file of the model: a line of {@code sha256sum}'s output. */
    private record Entry(String sha256, String name) {

        static Entry of(String line) {
            String[] parts = line.split(" [ *]", 2);
            return new Entry(parts[0], parts[1]);
        }
    }

    /** Sizes and times of the files when they were last found to be whole, by their paths. */
    private static final Map<Path, FileState> CHECKED = new ConcurrentHashMap<>();

    private record FileState(long size, FileTime modified) {

        static FileState of(Path file) throws IOException {
            return new FileState(Files.size(file), Files.getLastModifiedTime(file));
        }
    }

    private EmbeddedModel() {}

    /** The folder with the model, laid there first where it is not yet. */
    static synchronized Path unpacked() {
        try {
            byte[] sums = read(SUMS);
            List<Entry> entries = new String(sums, StandardCharsets.UTF_8)
                    .lines()
                    .map(Entry::of)
                    .toList();
            String version = hex(sha256().digest(sums)).substring(0, 12);
            Path folder = CacheFolder.path().resolve(version).resolve(Models.EMBEDDED);
            if (!isWhole(folder, entries)) {
                unpackOnce(folder, entries);
            }
            return folder;
        } catch (IOException e) {
            throw new EngineException(
                    CacheFolder.path() + ": expected to lay the model " + Models.EMBEDDED + " there, found " + e, e);
        }
    }

    private static boolean isWhole(Path folder, List<Entry> entries) throws IOException {
        for (Entry entry : entries) {
            if (!isWhole(folder.resolve(entry.name()), entry)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWhole(Path file, Entry entry) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        FileState state = FileState.of(file);
        if (state.equals(CHECKED.get(file))) {
            return true;
        }
        boolean whole = sha256(Files.newInputStream(file)).equals(entry.sha256());
        if (whole) {
            CHECKED.put(file, state);
        }
        return whole;
    }

    /** Another process may do the same now: what it has laid there is not to be laid anew, as it may be in use. */
    private static void unpackOnce(Path folder, List<Entry> entries) throws IOException {
        try (CacheLock lock = CacheLock.of(CacheFolder.path())) {
            if (lock.isOpen() && !isWhole(folder, entries)) {
                unpack(folder, entries);
            }
        }
    }

    /** Lays the files beside the place and then moves them there at once. */
    private static void unpack(Path folder, List<Entry> entries) throws IOException {
        Path parent = Files.createDirectories(folder.getParent());
        Path fresh = Files.createTempDirectory(parent, "unpacking");
        try {
            for (Entry entry : entries) {
                Path file = fresh.resolve(entry.name());
                Files.createDirectories(file.getParent());
                Files.write(file, read(entry.name()));
            }
            Folder.delete(folder);
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Folder.delete(fresh);
            if (!isWhole(folder, entries)) {
                throw e;
            }
        }
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = EmbeddedModel.class.getResourceAsStream(ROOT + name)) {
            if (in == null) {
                throw new FileNotFoundException(ROOT + name + " in the program's jar");
            }
            return in.readAllBytes();
        }
    }

    private static String sha256(InputStream stream) throws IOException {
        try (DigestInputStream in = new DigestInputStream(stream, sha256())) {
            byte[] buffer = new byte[1 << 16];
            while (in.read(buffer) >= 0) {
                // the digest is fed by reading
            }
            return hex(in.getMessageDigest().digest());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
