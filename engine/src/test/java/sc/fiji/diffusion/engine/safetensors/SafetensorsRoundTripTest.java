package sc.fiji.diffusion.engine.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.tensor.Tensor;

class SafetensorsRoundTripTest {

    private static Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("safetensors");
    }

    @AfterContainer
    static void deleteFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Property(tries = 200)
    void whatIsWrittenIsReadBack(
            @ForAll("tensors") Map<String, Tensor> tensors, @ForAll @Size(max = 3) Map<String, String> metadata)
            throws IOException {
        Path path = folder.resolve("tensors.safetensors");
        SafetensorsWriter.write(path, tensors, metadata);
        SafetensorsFile file = SafetensorsFile.open(path);
        assertEquals(metadata, file.metadata());
        assertEquals(tensors.keySet(), file.tensors().keySet());
        assertEquals(0, file.dataStart() % 8);
        tensors.forEach((name, tensor) -> {
            assertArrayEquals(tensor.shape(), file.readFloats(name).shape());
            assertArrayEquals(tensor.values(), file.readFloats(name).values());
        });
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(path), files.toList(), "nothing else is left");
        }
    }

    /** A changed header is either still good or refused; nothing else happens, and what is good can be read. */
    @Property(tries = 3000)
    void changedBytesGiveARefusalOrTensors(@ForAll Random random, @ForAll @IntRange(min = 1, max = 4) int changes)
            throws IOException {
        Path path = folder.resolve("changed.safetensors");
        SafetensorsWriter.write(path, example(), Map.of("key", "value"));
        byte[] bytes = Files.readAllBytes(path);
        for (int i = 0; i < changes; i++) {
            // Mostly signs that mean something in JSON, to get past the first checks.
            byte[] signs = "0123456789[]{},:\"-eF. ".getBytes(StandardCharsets.US_ASCII);
            byte changed = random.nextInt(4) == 0 ? (byte) random.nextInt() : signs[random.nextInt(signs.length)];
            bytes[random.nextInt(bytes.length - 40)] = changed;
        }
        Files.write(path, random.nextInt(5) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 9)) : bytes);
        try {
            SafetensorsFile file = SafetensorsFile.open(path);
            for (String name : file.tensors().keySet()) {
                file.readFloats(name);
            }
        } catch (CheckpointException refused) {
            assertEquals(
                    path.toString(),
                    refused.getMessage().substring(0, path.toString().length()));
        } finally {
            Files.delete(path);
        }
    }

    @Property(tries = 1)
    void aFolderThatIsNotThereCantBeWrittenTo() {
        Path path = folder.resolve("missing").resolve("x.safetensors");
        assertThrows(EngineException.class, () -> SafetensorsWriter.write(path, example(), Map.of()));
    }

    @Provide
    Arbitrary<Map<String, Tensor>> tensors() {
        Arbitrary<Tensor> tensor = Arbitraries.integers()
                .between(0, 5)
                .array(int[].class)
                .ofMaxSize(3)
                .flatMap(shape -> Arbitraries.floats()
                        .array(float[].class)
                        .ofSize(Tensor.count(shape))
                        .map(values -> new Tensor(shape, values)));
        Arbitrary<String> name = Arbitraries.strings().filter(text -> !text.equals("__metadata__"));
        // A name with half a surrogate pair can't be written in UTF-8.
        return Arbitraries.maps(name.map(SafetensorsRoundTripTest::encodable), tensor)
                .ofMaxSize(4);
    }

    private static String encodable(String text) {
        return text.codePoints()
                .filter(codePoint -> Character.getType(codePoint) != Character.SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Map<String, Tensor> example() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("weight", Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
        tensors.put("bias", Tensor.of(new float[] {7, 8, 9}, 3));
        tensors.put("scale", Tensor.of(new float[] {10}));
        return tensors;
    }
}
