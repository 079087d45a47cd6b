package sc.fiji.diffusion.engine.hostile;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.DiffusionException;

/** Every reader meets its whole and its broken files, and whole ones cut short. */
class HostileFilesTest {

    private static final int CUTS = 40;

    private static Stream<HostileInput> inputs() {
        List<HostileInput> inputs = new ArrayList<>(ConfigurationInputs.all());
        inputs.addAll(TokenizerInputs.all());
        inputs.addAll(AdapterInputs.all());
        inputs.addAll(ExportedInputs.all());
        inputs.addAll(NetworkInputs.all());
        inputs.addAll(InspectedInput.all());
        inputs.add(new TokenizerJsonInput());
        inputs.add(new PromptSyntaxInput());
        inputs.add(new SafetensorsInput());
        inputs.add(new ShardIndexInput());
        inputs.add(PromptInput.ofTheEmbeddedModel());
        inputs.add(new ImageInput());
        inputs.add(new MetadataInput());
        return inputs.stream();
    }

    @TestFactory
    Stream<DynamicTest> aWholeFileIsTaken(@TempDir Path folder) {
        return inputs().flatMap(input -> {
            Trial trial = trial(folder, input);
            return input.whole().entrySet().stream()
                    .map(file -> DynamicTest.dynamicTest(
                            input.name() + ": " + file.getKey(),
                            () -> assertTrue(
                                    trial.of(file.getValue()).isEmpty(),
                                    () -> "expected it to be taken, found " + trial.of(file.getValue()))));
        });
    }

    @TestFactory
    Stream<DynamicTest> aBrokenFileIsRefusedWithOneSentence(@TempDir Path folder) {
        return inputs().flatMap(input -> {
            Trial trial = trial(folder, input);
            return input.broken().entrySet().stream()
                    .map(file -> DynamicTest.dynamicTest(input.name() + ": " + file.getKey(), () -> {
                        Optional<DiffusionException> refusal = trial.of(file.getValue());
                        assertTrue(
                                refusal.isPresent(),
                                () -> input.name() + ", " + file.getKey()
                                        + ": expected a refusal, found that it was taken");
                    }));
        });
    }

    /** Not so a text that is taken whatever it is. */
    @TestFactory
    Stream<DynamicTest> aFileCutShortIsTakenOrRefusedWithOneSentence(@TempDir Path folder) {
        return inputs().filter(input -> !input.broken().isEmpty()).flatMap(input -> {
            Trial trial = trial(folder, input);
            return input.whole().entrySet().stream()
                    .map(file -> DynamicTest.dynamicTest(input.name() + ": " + file.getKey(), () -> {
                        byte[] whole = file.getValue();
                        for (int cut = 0; cut < CUTS; cut++) {
                            trial.of(Arrays.copyOf(whole, (int) ((long) whole.length * cut / CUTS)));
                        }
                    }));
        });
    }

    /** What would block a reader, or never end. */
    @TestFactory
    Stream<DynamicTest> whatIsNoFileIsRefusedWithOneSentence(@TempDir Path folder) {
        return inputs().filter(input -> !input.broken().isEmpty()).flatMap(input -> {
            Trial trial = trial(folder, input);
            return Stream.of("/dev/zero", "pipe", "folder")
                    .map(kind -> DynamicTest.dynamicTest(input.name() + ": " + kind, () -> {
                        Path place = trial.folder().resolve(input.file());
                        Files.deleteIfExists(place);
                        Files.createSymbolicLink(place, target(folder, kind));
                        Optional<DiffusionException> refusal =
                                assertTimeoutPreemptively(Duration.ofMinutes(2), () -> trial.reading(0));
                        assertTrue(refusal.isPresent(), "expected a refusal, found that it was taken");
                    }));
        });
    }

    private static Path target(Path folder, String kind) throws IOException, InterruptedException {
        Path target = folder.resolve(kind);
        if (kind.equals("folder")) {
            Files.createDirectories(target);
        } else if (kind.equals("pipe") && Files.notExists(target)) {
            assumeTrue(new ProcessBuilder("mkfifo", target.toString()).start().waitFor() == 0, "no pipes here");
        }
        assumeTrue(Files.exists(target), "no devices here");
        return target;
    }

    private static Trial trial(Path folder, HostileInput input) {
        try {
            return Trial.in(Files.createTempDirectory(folder, "reader"), input, 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
