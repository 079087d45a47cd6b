package sc.fiji.diffusion.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.EngineException;

/** A small file from Maven Central, as this machine's Maven reaches it. */
@Timeout(120)
class MavenCentralDownloadTest {

    private static final CudaArtifact SMALL = new CudaArtifact(
            "javax.inject",
            "javax.inject",
            "1",
            "",
            2497,
            "6975da39a7040257bd51d21a231b76c915872d38",
            "javax/",
            List.of("inject"),
            0);

    @TempDir
    private Path folder;

    @Test
    void anArtifactIsFetched() throws IOException {
        try {
            Path jar = new Download(SMALL, folder, InstallProgress.NONE).run(MavenCentral.repository());
            assertEquals(SMALL.bytes(), Files.size(jar));
        } catch (EngineException e) {
            // What was fetched and is wrong is no lack of a network.
            boolean fetched = e.getMessage().contains("SHA-1");
            assumeTrue(fetched, "no network: " + e.getMessage());
            throw e;
        }
    }
}
