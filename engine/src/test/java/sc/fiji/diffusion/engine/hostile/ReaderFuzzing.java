package sc.fiji.diffusion.engine.hostile;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Feeds one or several readers with what Jazzer thinks up. The first byte says which reader, the others are its file.
 * Jazzer runs one fuzz test a JVM, so each class of those below is one.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ReaderFuzzing {

    /** Larger ones would make every attempt slow. */
    private static final int LARGEST_SEED = 1 << 14;

    /** What Jazzer lays into the code allocates too. */
    private static final int SLACK = 8;

    private final List<HostileInput> inputs;
    private final List<Trial> trials = new ArrayList<>();

    ReaderFuzzing(HostileInput... inputs) {
        this.inputs = List.of(inputs);
    }

    @BeforeAll
    void layFiles(@TempDir Path folder) throws IOException {
        for (HostileInput input : inputs) {
            trials.add(Trial.in(Files.createTempDirectory(folder, "reader"), input, SLACK));
        }
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10s")
    void anythingIsTakenOrRefusedWithOneSentence(byte[] bytes) {
        if (bytes.length > 0) {
            trials.get((bytes[0] & 0xFF) % trials.size()).of(Arrays.copyOfRange(bytes, 1, bytes.length));
        }
    }

    /** What the corpus has, so that the fuzzer need not find the format out. */
    Stream<Arguments> seeds() {
        List<Arguments> seeds = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            for (byte[] bytes : Stream.concat(
                            inputs.get(i).whole().values().stream(), inputs.get(i).broken().values().stream())
                    .toList()) {
                if (bytes.length > LARGEST_SEED) {
                    continue;
                }
                ByteArrayOutputStream seed = new ByteArrayOutputStream();
                seed.write(i);
                seed.writeBytes(bytes);
                seeds.add(Arguments.of((Object) seed.toByteArray()));
            }
        }
        return seeds.stream();
    }
}
