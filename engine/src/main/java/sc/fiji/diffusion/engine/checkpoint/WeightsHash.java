package sc.fiji.diffusion.engine.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import sc.fiji.diffusion.engine.CheckpointException;

/** SHA-256 of files with weights. Gigabytes take seconds, so files unchanged since are not read again. */
public final class WeightsHash {

    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    private WeightsHash() {}

    /** That of one file, in hexadecimal. */
    public static String of(Path file) {
        return of(List.of(file));
    }

    static String of(List<Path> files) {
        StringBuilder state = new StringBuilder();
        for (Path file : files) {
            state.append(stateOf(file)).append('\n');
        }
        return KNOWN.computeIfAbsent(state.toString(), key -> digest(files));
    }

    /** Takes it in the background, so that who asks for it later need not wait: gigabytes, beside a picture's steps. */
    static void ahead(List<Path> files) {
        Thread thread = new Thread(
                () -> {
                    try {
                        of(files);
                    } catch (CheckpointException e) {
                        // Who needs it fails in the same way, and says so.
                    }
                },
                "diffusion-hash");
        thread.setDaemon(true);
        thread.start();
    }

    private static String stateOf(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return file.toRealPath() + " " + attributes.size() + " " + attributes.lastModifiedTime();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static String digest(List<Path> files) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        byte[] buffer = new byte[1 << 20];
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    digest.update(buffer, 0, read);
                }
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static CheckpointException unreadable(Path file, IOException e) {
        return new CheckpointException(file + ": expected a file that can be read, found " + e.getMessage(), e);
    }
}
