package sc.fiji.diffusion.engine.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What the hub knows a file's content by: SHA-256 for large files, git's own SHA-1 (over {@code blob <size>\0} and the
 * content) for small ones. It names the content in the cache.
 *
 * @param hex in lower case, 64 or 40 digits
 */
public record ContentHash(String hex) {

    private static final int BUFFER = 1 << 16;
    private static final String SHA256 = "[0-9a-f]{64}";
    private static final String SHA1 = "[0-9a-f]{40}";

    public ContentHash {
        if (!isHash(hex)) {
            throw new IllegalArgumentException("expected 64 or 40 hexadecimal digits, found " + hex);
        }
    }

    static boolean isHash(String text) {
        return text.matches(SHA256) || text.matches(SHA1);
    }

    /** Whether it is that of a large file. */
    public boolean isSha256() {
        return hex.matches(SHA256);
    }

    /** For messages, such as {@code SHA-256 0123…}. */
    public String label() {
        return (isSha256() ? "SHA-256 " : "git's SHA-1 ") + hex;
    }

    /** The hash of the same kind of what lies in a file. */
    ContentHash of(Path file) throws IOException {
        MessageDigest digest = digest();
        if (!isSha256()) {
            digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return new ContentHash(HexFormat.of().formatHex(digest.digest()));
    }

    private MessageDigest digest() {
        try {
            return MessageDigest.getInstance(isSha256() ? "SHA-256" : "SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256 and SHA-1", e);
        }
    }
}
