package sc.fiji.diffusion.engine.cuda;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import sc.fiji.diffusion.engine.EngineException;

/** Takes out of an artifact's jar what is wanted of it. */
final class Unpacking {

    private final CudaArtifact artifact;
    private final InstallProgress progress;
    private long done;
    private long total;

    Unpacking(CudaArtifact artifact, InstallProgress progress) {
        this.artifact = artifact;
        this.progress = progress;
    }

    /** Lays the files into a folder, beside each other. */
    void run(Path jar, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<? extends ZipEntry> wanted = zip.stream()
                    .filter(entry -> !entry.isDirectory() && artifact.wants(entry.getName()))
                    .toList();
            if (wanted.isEmpty()) {
                throw new EngineException(jar + ": expected libraries in " + artifact.folder() + ", found none");
            }
            total = wanted.stream().mapToLong(ZipEntry::getSize).sum();
            for (ZipEntry entry : wanted) {
                try (InputStream in = new Watched(zip.getInputStream(entry))) {
                    Files.copy(
                            in,
                            folder.resolve(
                                    entry.getName().substring(artifact.folder().length())));
                }
            }
        }
    }

    /** Tells how much was read, and asks whether to go on. */
    private final class Watched extends FilterInputStream {

        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            progress.checkCancelled();
            int read = super.read(buffer, offset, length);
            done += Math.max(0, read);
            progress.report("Unpacking " + artifact.name(), done, total);
            return read;
        }
    }
}
