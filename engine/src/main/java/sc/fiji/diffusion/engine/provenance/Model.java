package sc.fiji.diffusion.engine.provenance;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which weights were used.
 *
 * @param name of the checkpoint's folder or file, without the folders that it lies in
 * @param sha256 SHA-256 over the weight files' bytes, text encoders, UNet, VAE in this order, in hexadecimal
 * @param isSingleFile whether these are one file, so that the hash is the file's
 * @param vae the VAE that took the place of the checkpoint's own, if one did
 * @param adapters LoRAs and textual inversions, in the order of their use
 * @param controlNets that steered it, in the order of their use
 */
public record Model(
        String name,
        String sha256,
        boolean isSingleFile,
        Optional<WeightsFile> vae,
        List<Adapter> adapters,
        List<ControlNetUse> controlNets) {

    public Model {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(vae, "vae");
        adapters = List.copyOf(adapters);
        controlNets = List.copyOf(controlNets);
    }

    /** A model as it is. */
    public Model(String name, String sha256) {
        this(name, sha256, false, Optional.empty(), List.of(), List.of());
    }

    /** The same, steered otherwise. */
    public Model withControlNets(List<ControlNetUse> newControlNets) {
        return new Model(name, sha256, isSingleFile, vae, adapters, newControlNets);
    }
}
