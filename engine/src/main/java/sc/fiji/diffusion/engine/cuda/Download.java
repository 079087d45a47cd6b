package sc.fiji.diffusion.engine.cuda;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.eclipse.aether.ConfigurationProperties;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.spi.connector.transport.GetTask;
import org.eclipse.aether.spi.connector.transport.TransportListener;
import org.eclipse.aether.spi.connector.transport.Transporter;
import org.eclipse.aether.transfer.NoTransporterException;
import org.eclipse.aether.transfer.TransferCancelledException;
import org.eclipse.aether.transport.http.HttpTransporterFactory;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.EngineException;

/**
 * Fetches one artifact by Maven Resolver's transport. What came of a download that broke off stays beside the target in
 * a file {@code .part}, and the next one goes on from there. The file at the target is whole, always: its size and
 * checksum are those that are known beforehand.
 */
final class Download {

    /** Each one that gets further than the one before; servers and proxies end long transfers as they like. */
    private static final int MOST_TRIES = 20;

    private static final int LONGEST_SILENCE_MILLIS = 60_000;

    private final CudaArtifact artifact;
    private final Path target;
    private final PartialFile part;
    private final InstallProgress progress;

    Download(CudaArtifact artifact, Path folder, InstallProgress progress) {
        this.artifact = artifact;
        this.target = folder.resolve(artifact.fileName());
        this.part = new PartialFile(folder.resolve(artifact.fileName() + ".part"));
        this.progress = progress;
    }

    /** Bytes that are still to be fetched. */
    long missingBytes() {
        return Math.max(0, artifact.bytes() - Math.max(new PartialFile(target).size(), part.size()));
    }

    /**
     * The whole file, fetched where it is not there yet.
     *
     * @throws EngineException if it can't be fetched, or is another than it should be
     * @throws CancelledException soon after {@code progress} says so
     */
    Path run(RemoteRepository repository) {
        if (new PartialFile(target).size() == artifact.bytes()) {
            return target;
        }
        try {
            fetch(repository);
            requireChecksum();
            Files.move(part.path(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return target;
        } catch (IOException e) {
            throw new EngineException(target + ": expected to write it, found " + e, e);
        }
    }

    private void fetch(RemoteRepository repository) {
        for (int attempt = 1; part.size() < artifact.bytes(); attempt++) {
            long before = part.size();
            try {
                transfer(repository);
            } catch (CancelledException e) {
                throw e;
            } catch (Exception e) {
                if (part.size() <= before || attempt == MOST_TRIES) {
                    throw new EngineException(
                            artifact.fileName() + ": expected to fetch it from the Maven repository "
                                    + repository.getId() + ", found " + e.getMessage(),
                            e);
                }
            }
        }
    }

    @SuppressWarnings("deprecation") // The other constructor is for the headers of some servers' checksums.
    private void transfer(RemoteRepository repository) throws Exception {
        DefaultRepositorySystemSession session = new DefaultRepositorySystemSession();
        session.setSystemProperties(System.getProperties());
        // Of silence: half an hour is usual.
        session.setConfigProperty(ConfigurationProperties.REQUEST_TIMEOUT, LONGEST_SILENCE_MILLIS);
        try (Transporter transporter = new HttpTransporterFactory(Map.of()).newInstance(session, repository)) {
            transporter.get(new GetTask(URI.create(artifact.path()))
                    .setDataFile(part.path().toFile(), part.size() > 0)
                    .setListener(new Watch()));
        } catch (NoTransporterException e) {
            throw new EngineException(
                    repository.getId() + ": expected a repository that is reached by http or https, found "
                            + e.getMessage(),
                    e);
        } catch (TransferCancelledException e) {
            progress.checkCancelled();
            throw e;
        }
    }

    /** Ends a transfer that the user does not want any more, or that brings more than it should. */
    private final class Watch extends TransportListener {

        private long done;

        @Override
        public void transportStarted(long offset, long length) throws TransferCancelledException {
            done = offset;
            // The transport keeps nothing of a transfer that breaks off, and replaces the file after one that ends.
            part.truncate(offset);
            if (length > 0 && length != artifact.bytes()) {
                throw new TransferCancelledException("expected " + artifact.bytes() + " bytes, found " + length);
            }
        }

        @Override
        public void transportProgressed(ByteBuffer data) throws TransferCancelledException {
            done += data.remaining();
            if (done > artifact.bytes()) {
                throw new TransferCancelledException("expected " + artifact.bytes() + " bytes, found more");
            }
            part.append(data);
            progress.report("Fetching " + artifact.name() + " " + artifact.version(), done, artifact.bytes());
            if (progress.isCancelled()) {
                throw new TransferCancelledException("cancelled");
            }
        }
    }

    private void requireChecksum() throws IOException {
        String found = part.sha1();
        if (part.size() != artifact.bytes() || !found.equals(artifact.sha1())) {
            long size = part.size();
            Files.delete(part.path());
            throw new EngineException(artifact.fileName() + ": expected " + artifact.bytes() + " bytes with SHA-1 "
                    + artifact.sha1() + ", found " + size + " bytes with " + found + "; they were deleted");
        }
    }
}
