package sc.fiji.diffusion.engine.quantization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;
import sc.fiji.diffusion.engine.checkpoint.Weights;
import sc.fiji.diffusion.engine.hub.CacheFolder;
import sc.fiji.diffusion.engine.safetensors.FloatReader;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.tensor.Tensor;

class RoundedWeightsTest {

    @TempDir
    private Path folder;

    private Path model;
    private String cacheBefore;

    @BeforeEach
    void writeWeights() {
        cacheBefore = System.getProperty(CacheFolder.PROPERTY);
        System.setProperty(CacheFolder.PROPERTY, folder.resolve("cache").toString());
        model = folder.resolve("model.safetensors");
        writeModel(1);
    }

    @AfterEach
    void restoreCache() {
        if (cacheBefore == null) {
            System.clearProperty(CacheFolder.PROPERTY);
        } else {
            System.setProperty(CacheFolder.PROPERTY, cacheBefore);
        }
    }

    private void writeModel(long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("linear", gaussian(random, 5, 7));
        tensors.put("conv", gaussian(random, 4, 6, 3, 3));
        float[] zeroRow = gaussian(random, 2, 3).values();
        Arrays.fill(zeroRow, 0, 3, 0);
        tensors.put("zeros", new Tensor(new int[] {2, 3}, zeroRow));
        SafetensorsWriter.write(model, tensors, Map.of());
    }

    private static Tensor gaussian(Random random, int... shape) {
        float[] values = new float[Tensor.count(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Tensor(shape, values);
    }

    @Test
    void everyWeightIsWithinHalfAScaleAndTheLargestOfAChannelIs127() throws IOException {
        RoundedWeights rounded = RoundedWeights.of(Weights.ofFile(model));
        for (String name : List.of("linear", "conv", "zeros")) {
            WeightTensor weight = Weights.ofFile(model).get(name);
            RoundedWeight place = rounded.of(weight);
            rounded.write();
            float[] floats = floats(weight);
            byte[] values = bytes(place.values());
            float[] scales = floats(place.scale());
            int out = weight.shape().get(0);
            int in = weight.shape().get(1);
            int taps = floats.length / out / in;
            assertEquals(List.of(taps * in, out), place.values().shape());
            int[] largest = new int[out];
            for (int o = 0; o < out; o++) {
                for (int i = 0; i < in; i++) {
                    for (int tap = 0; tap < taps; tap++) {
                        byte value = values[(tap * in + i) * out + o];
                        largest[o] = Math.max(largest[o], Math.abs(value));
                        assertEquals(
                                floats[(o * in + i) * taps + tap],
                                value * scales[o],
                                0.5001 * scales[o],
                                name + " " + o + ", " + i + ", " + tap);
                    }
                }
                assertEquals(scales[o] == 0 ? 0 : 127, largest[o], name + " channel " + o);
            }
        }
    }

    @Test
    void theFileIsMadeOnceForTheSameWeights() throws IOException {
        Path first = written();
        Object identity = Files.readAttributes(first, BasicFileAttributes.class).fileKey();
        assertEquals(first, written());
        assertEquals(
                identity, Files.readAttributes(first, BasicFileAttributes.class).fileKey());
    }

    @Test
    void otherWeightsInTheSamePlaceHaveAnotherFile() throws IOException {
        Path first = written();
        Files.delete(model);
        writeModel(2);
        Files.setLastModifiedTime(model, FileTime.fromMillis(1_000_000));
        assertFalse(first.equals(written()), first.toString());
    }

    @Test
    void aFileThatWasCutOrSpoiltAtItsEndIsMadeAnew() throws IOException {
        Path file = written();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertEquals(file, written());
        assertEquals(ByteBuffer.wrap(whole), ByteBuffer.wrap(Files.readAllBytes(file)));
        byte[] spoilt = whole.clone();
        spoilt[whole.length - 1]++;
        Files.write(file, spoilt, StandardOpenOption.TRUNCATE_EXISTING);
        written();
        assertEquals(ByteBuffer.wrap(whole), ByteBuffer.wrap(Files.readAllBytes(file)));
    }

    @Test
    void onlyTheFilesOfTheLastFourModelsAreKept() throws IOException {
        for (int i = 0; i < 6; i++) {
            writeModel(i);
            Files.setLastModifiedTime(model, FileTime.fromMillis(1_000_000L * (i + 1)));
            assertTrue(Files.exists(written()));
        }
        try (var files = Files.list(folder.resolve("cache").resolve("int8"))) {
            assertEquals(4, files.count());
        }
    }

    @Test
    void weightsThatEndTooEarlyAreRefusedAndLeaveNoFile() throws IOException {
        Weights weights = Weights.ofFile(model);
        try (var channel = FileChannel.open(model, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 8);
        }
        RoundedWeights rounded = RoundedWeights.of(weights);
        weights.tensors().forEach(rounded::of);
        String message = assertThrows(CheckpointException.class, rounded::write).getMessage();
        assertTrue(message.startsWith(model.toRealPath() + ": expected more than "), message);
        try (var files = Files.list(folder.resolve("cache").resolve("int8"))) {
            assertEquals(0, files.count());
        }
    }

    private Path written() {
        Weights weights = Weights.ofFile(model);
        RoundedWeights rounded = RoundedWeights.of(weights);
        Path file = rounded.of(weights.get("linear")).values().file();
        rounded.of(weights.get("conv"));
        rounded.write();
        return file;
    }

    private static float[] floats(WeightTensor tensor) {
        return FloatReader.read(tensor.file(), tensor.dtype(), tensor.offset(), (int) tensor.count());
    }

    private static byte[] bytes(WeightTensor tensor) throws IOException {
        byte[] whole = Files.readAllBytes(tensor.file());
        return Arrays.copyOfRange(whole, (int) tensor.offset(), (int) (tensor.offset() + tensor.length()));
    }
}
