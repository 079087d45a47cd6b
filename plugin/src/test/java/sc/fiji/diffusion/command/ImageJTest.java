package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ij.IJ;
import java.awt.GraphicsEnvironment;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.job.DiffusionJobs;

/** Tests in a real ImageJ, which needs a display. */
@Timeout(240)
public abstract class ImageJTest {

    /** A system property that macros write: so they tell what they see. */
    private static final String SEEN = "diffusion.test.seen";

    @TempDir
    static Path folder;

    static InstalledImageJ imageJ;

    @BeforeAll
    static void startImageJ() throws Exception {
        assumeFalse(GraphicsEnvironment.isHeadless(), "ImageJ's window needs a display");
        imageJ = InstalledImageJ.start(folder);
    }

    @AfterAll
    static void quitImageJ() {
        if (imageJ != null) {
            imageJ.quit();
            imageJ = null;
            DiffusionJobs.shared().closeModel();
        }
    }

    @BeforeEach
    void forget() {
        forgetSeen();
        if (imageJ != null) {
            IJ.showStatus("");
        }
    }

    @AfterEach
    void closeEverything() {
        InstalledImageJ.closeEverything();
    }

    /** A line of a macro that tells the value of an expression. */
    protected static String tell(String expression) {
        return "call('java.lang.System.setProperty', '" + SEEN + "', " + expression + ");\n";
    }

    /** From now on no macro has told anything. */
    protected static void forgetSeen() {
        System.clearProperty(SEEN);
    }

    /** What a macro told, or null. */
    protected static String seen() {
        return System.getProperty(SEEN);
    }
}
