package sc.fiji.diffusion.engine.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import sc.fiji.diffusion.engine.EngineException;

/**
 * A file with weights.
 *
 * @param path inside the model's folder, or the file's name
 * @param bytes of it
 * @param sha256 of its content, in hexadecimal
 */
public record ModelFile(String path, long bytes, String sha256) {

    private static final int BUFFER = 1 << 16;

    /** Those of a model's folder or file; reads them, but for those whose hash the cache tells. */
    public static List<ModelFile> of(Path model) {
        if (Files.isRegularFile(model)) {
            return List.of(file(model.toAbsolutePath().getParent(), model.toAbsolutePath()));
        }
        return new SnapshotContent(model)
                .files().stream()
                        .filter(file -> file.toString().matches(".*\\.(safetensors|onnx)") && Files.isRegularFile(file))
                        .map(file -> file(model, file))
                        .toList();
    }

    private static ModelFile file(Path folder, Path file) {
        try {
            String name = file.toRealPath().getFileName().toString();
            boolean told = name.matches("[0-9a-f]{64}") && Files.isSymbolicLink(file);
            return new ModelFile(
                    folder.relativize(file).toString().replace('\\', '/'),
                    Files.size(file),
                    told ? name : sha256(file));
        } catch (IOException e) {
            throw new EngineException(file + ": expected a file that can be read, found " + e, e);
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
