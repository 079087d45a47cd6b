package sc.fiji.diffusion.engine.cuda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.aether.repository.RemoteRepository;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.device.NativePack;
import sc.fiji.diffusion.engine.device.NvidiaDriver;
import sc.fiji.diffusion.engine.device.Platform;
import sc.fiji.diffusion.engine.file.Folder;

/** Brings NVIDIA's libraries to where {@link NativePack#CUDA} looks for them. */
public final class CudaInstaller {

    private final List<CudaArtifact> artifacts;
    private final Path place;
    private final Supplier<RemoteRepository> repository;

    CudaInstaller(List<CudaArtifact> artifacts, Path place, Supplier<RemoteRepository> repository) {
        this.artifacts = List.copyOf(artifacts);
        this.place = place;
        this.repository = repository;
    }

    /**
     * Fetches and unpacks the libraries, if they are not there yet; takes minutes. May be called again after any failure,
     * and then fetches what is missing.
     *
     * @return the folder with the libraries
     * @throws EngineException before anything is fetched, if there is no driver or not enough room on the disk; or if
     *     fetching fails
     * @throws sc.fiji.diffusion.engine.CancelledException soon after {@code progress} says so
     */
    public static Path install(InstallProgress progress) {
        Optional<Path> installed = NativePack.CUDA.folder();
        if (installed.isPresent()) {
            return installed.get();
        }
        NvidiaDriver.obstacle(NvidiaDriver.find()).ifPresent(obstacle -> {
            throw new EngineException(obstacle);
        });
        return new CudaInstaller(
                        CudaArtifact.of(Platform.current()),
                        NativePack.CUDA.place().orElseThrow(),
                        MavenCentral::repository)
                .run(progress);
    }

    Path run(InstallProgress progress) {
        Path parent = Objects.requireNonNull(place.toAbsolutePath().getParent(), "a folder in the cache");
        try {
            Path downloads = Files.createDirectories(parent.resolve("download"));
            List<Download> downloading = artifacts.stream()
                    .map(artifact -> new Download(artifact, downloads, progress))
                    .toList();
            requireRoom(downloads, downloading);
            RemoteRepository central = repository.get();
            List<Path> jars =
                    downloading.stream().map(download -> download.run(central)).toList();
            unpack(jars, parent, progress);
            Folder.delete(downloads);
            return place;
        } catch (IOException e) {
            throw new EngineException(place + ": expected to lay NVIDIA's libraries there, found " + e, e);
        }
    }

    /** The transport writes a second copy of what it fetches, until that is whole. */
    private void requireRoom(Path folder, List<Download> downloading) throws IOException {
        long needed = downloading.stream().mapToLong(Download::missingBytes).sum()
                + Math.max(
                        artifacts.stream().mapToLong(CudaArtifact::bytes).max().orElse(0),
                        artifacts.stream()
                                .mapToLong(CudaArtifact::unpackedBytes)
                                .sum());
        long room = Files.getFileStore(folder).getUsableSpace();
        if (room < needed) {
            throw new EngineException(String.format(
                    Locale.ROOT,
                    "%s: expected %.1f GB of room for NVIDIA's libraries, found %.1f GB",
                    folder,
                    needed / 1e9,
                    room / 1e9));
        }
    }

    /** Beside the place, and then there at once. */
    private void unpack(List<Path> jars, Path parent, InstallProgress progress) throws IOException {
        Path fresh = Files.createTempDirectory(parent, "unpacking");
        try {
            for (int i = 0; i < jars.size(); i++) {
                new Unpacking(artifacts.get(i), progress).run(jars.get(i), fresh);
            }
            Folder.delete(place);
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Folder.delete(fresh);
        }
    }
}
