package sc.fiji.diffusion.engine.quantization;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.hub.CacheFolder;
import sc.fiji.diffusion.engine.provenance.EngineVersion;

/** Where rounded weights are kept. */
final class RoundedFiles {

    /** To be counted up when matrices or their places change. */
    private static final int FORMAT = 1;

    /** A file takes a quarter of what its weights take in float32; more models than these are seldom used in turn. */
    private static final int KEPT = 4;

    private static final int NAME_BYTES = 16;
    private static final String FOLDER = "int8";
    private static final String EXTENSION = ".int8";

    private RoundedFiles() {}

    /**
     * The place for the rounded weights of a network. The name tells the network's files apart, by path, size and time,
     * as hashing their contents would take longer than reading them.
     */
    static Path place(List<Path> weights) {
        StringBuilder identity = new StringBuilder().append(FORMAT).append('\n').append(EngineVersion.current());
        try {
            for (Path file : weights) {
                Path real = file.toRealPath();
                identity.append('\n').append(real).append('\n').append(Files.size(real));
                identity.append('\n').append(Files.getLastModifiedTime(real));
            }
            Path real = weights.get(0).toRealPath();
            return folder(real).resolve(HexFormat.of().formatHex(hash(identity.toString()), 0, NAME_BYTES) + EXTENSION);
        } catch (IOException e) {
            throw new CheckpointException(weights + ": expected files that can be read, found " + e, e);
        }
    }

    /** On the drive of the other weights, as ONNX Runtime reads all of a network from one. */
    private static Path folder(Path weights) {
        Path cache = CacheFolder.path().toAbsolutePath();
        boolean sameDrive = Objects.equals(cache.getRoot(), weights.getRoot());
        return (sameDrive ? cache : weights.resolveSibling(".diffusion-fiji")).resolve(FOLDER);
    }

    static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    static void requireSpace(Path file, long bytes) throws IOException {
        long free = Files.getFileStore(file.getParent()).getUsableSpace();
        if (free < bytes) {
            throw new EngineException(file.getParent() + ": expected " + bytes / 1_000_000
                    + " MB of free space for weights in 8 bits, found " + free / 1_000_000 + " MB");
        }
    }

    /** Removes those that were not used for longest. */
    static void removeOld(Path newest) throws IOException {
        try (Stream<Path> files = Files.list(newest.getParent())) {
            List<Path> old = files.filter(file -> file.toString().endsWith(EXTENSION))
                    .filter(file -> !file.equals(newest))
                    .sorted(Comparator.comparing(RoundedFiles::lastUse).reversed())
                    .skip(KEPT - 1)
                    .toList();
            for (Path file : old) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static FileTime lastUse(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
