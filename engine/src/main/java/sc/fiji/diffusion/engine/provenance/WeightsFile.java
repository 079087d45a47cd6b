package sc.fiji.diffusion.engine.provenance;

import java.util.Objects;

/**
 * Weights beside the checkpoint's.
 *
 * @param name of the file or folder, without the folders that it lies in
 * @param sha256 SHA-256 over the bytes, in hexadecimal
 */
public record WeightsFile(String name, String sha256) {

    public WeightsFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(sha256, "sha256");
    }
}
