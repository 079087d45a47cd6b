package sc.fiji.diffusion.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Values computed with diffusers, which stand beside the checkout in {@code shared/reference} on the machines that
 * have them. A test that asks for them where they are not is skipped.
 */
public final class Reference {

    /** Names the folder where it lies elsewhere. */
    private static final String PROPERTY = "diffusion.reference";

    private Reference() {}

    /** The folder; skips the test if there is none. */
    public static Path folder() {
        Path folder = find();
        Assumptions.assumeTrue(folder != null && Files.isDirectory(folder), "../shared/reference is not here");
        return folder;
    }

    private static Path find() {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return Path.of(named);
        }
        for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            Path folder = above.resolve("shared").resolve("reference");
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        return null;
    }

    /** The norm of {@code actual - expected} over that of {@code expected}; NaN if there is a NaN. */
    public static double relativeError(float[] actual, float[] expected) {
        Assertions.assertEquals(expected.length, actual.length, "number of values");
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow((double) actual[i] - expected[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        return difference == 0 ? 0 : Math.sqrt(difference / norm);
    }

    /** Fails, naming the worst value, if the relative error is above the tolerance. */
    public static void assertClose(String what, float[] expected, float[] actual, double tolerance) {
        Assertions.assertEquals(expected.length, actual.length, what + ": number of values");
        double error = relativeError(actual, expected);
        if (error <= tolerance) {
            return;
        }
        int worst = 0;
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= Math.abs(actual[worst] - expected[worst]))) {
                worst = i;
            }
        }
        Assertions.fail(what + ": relative error " + error + ", at most " + tolerance + " expected; worst at " + worst
                + " of " + expected.length + ": expected " + expected[worst] + ", found " + actual[worst]);
    }
}
