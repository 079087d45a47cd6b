package sc.fiji.diffusion.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.job.InProcessEngine;
import sc.fiji.diffusion.engine.job.TextToImageJob;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.worker.WorkerEngine;
import sc.fiji.diffusion.engine.worker.WorkerSettings;

/** Engines whose process can't be started, by a Java that is not there or an option that Java does not know. */
@Timeout(120)
class FallbackEngineTest {

    private static final TextToImageJob JOB = new TextToImageJob(
            Models.EMBEDDED, TextToImageRequest.of("nuclei", 64, 64).withSteps(1));

    private final String javaHome = System.getProperty("java.home");
    private final List<String> notices = new ArrayList<>();
    private final AtomicReference<WorkerSettings> settings = new AtomicReference<>(WorkerSettings.usual());
    private final FallbackEngine engine =
            new FallbackEngine(new WorkerEngine(execution -> settings.get()), InProcessEngine::new, notices::add);

    @AfterEach
    void close() {
        System.setProperty("java.home", javaHome);
        engine.close();
    }

    @Test
    void whereNoProcessCanBeStartedJobsAreDoneHereAndUsersAreTold(@TempDir Path empty) {
        assertTrue(Files.isDirectory(empty));
        System.setProperty("java.home", empty.toString());
        assertEquals(1, engine.run(JOB, Progress.NONE).images().size());
        assertEquals(1, engine.run(JOB, Progress.NONE).images().size());
        assertEquals(1, notices.size(), notices.toString());
        assertTrue(
                notices.get(0)
                        .startsWith("Diffusion works in ImageJ's own process (engine: expected to start " + empty),
                notices.get(0));
    }

    @Test
    void oncePossibleItStaysApart() {
        engine.run(JOB, Progress.NONE);
        settings.set(WorkerSettings.usual().withJvmOptions(List.of("-XX:NoSuchOption")));
        assertThrows(EngineException.class, () -> engine.run(JOB, Progress.NONE));
        settings.set(WorkerSettings.usual());
        assertEquals(1, engine.run(JOB, Progress.NONE).images().size());
        assertEquals(List.of(), notices);
    }
}
