package sc.fiji.diffusion.engine.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import sc.fiji.diffusion.engine.Reference;

/**
 * Fields that few models set, each with numbers that diffusers' classes gave for them: a configuration a line, its
 * timesteps, the noise on a picture where a run begins that leaves out some steps, and the sample after every call of the
 * model {@code 0.3 * input + 0.1 * sin(timestep / 100)}. Picture, noise and the noise of the steps are eight values that
 * PyTorch draws from the seeds 3, 4 and 5.
 */
class UnusualConfigurationsTest {

    private static final double TOLERANCE = 5e-5;
    private static final int LENGTH = 8;

    @TestFactory
    Stream<DynamicTest> everyStepIsThatOfDiffusers() {
        return lines().stream().map(line -> DynamicTest.dynamicTest(name(line), () -> check(line)));
    }

    private static void check(JsonObject line) {
        JsonObject json = line.getAsJsonObject("config").deepCopy();
        json.add("_class_name", line.get("class"));
        Scheduler scheduler =
                SchedulerConfig.of(json, name(line)).create(line.get("steps").getAsInt());
        int leftOut = line.get("leftOut").getAsInt();
        int begin = scheduler.begin(leftOut);

        float[] timesteps = scheduler.timesteps();
        Reference.assertClose("timesteps", floats(line.get("timesteps")), timesteps, TOLERANCE);
        assertEquals(1, scheduler.initNoiseSigma() / line.get("init").getAsDouble(), TOLERANCE);
        float[] noise = new TorchRandom(4).next(LENGTH);
        float[] noisy = scheduler.addNoise(new TorchRandom(3).next(LENGTH), noise, begin);
        Reference.assertClose("noise added", floats(line.get("noisy")), noisy, TOLERANCE);

        float[] sample = leftOut > 0 ? noisy : WeightedSum.scaled(scheduler.initNoiseSigma(), noise);
        TorchRandom random = new TorchRandom(5);
        for (int index = begin; index < timesteps.length; index++) {
            float[] output = scheduler.scaleModelInput(sample, index);
            for (int i = 0; i < output.length; i++) {
                output[i] = 0.3f * output[i] + 0.1f * (float) Math.sin(timesteps[index] / 100);
            }
            sample = scheduler.step(output, index, sample, random);
            float[] expected = floats(line.getAsJsonArray("samples").get(index - begin));
            Reference.assertClose("step " + index, expected, sample, TOLERANCE);
        }
        assertEquals(line.getAsJsonArray("samples").size(), timesteps.length - begin, "calls of the model");
    }

    private static String name(JsonObject line) {
        return line.get("class").getAsString() + " " + line.get("config") + ", " + line.get("steps") + " steps without "
                + line.get("leftOut");
    }

    private static float[] floats(JsonElement array) {
        List<JsonElement> elements = StreamSupport.stream(array.getAsJsonArray().spliterator(), false)
                .toList();
        float[] values = new float[elements.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = elements.get(i).getAsFloat();
        }
        return values;
    }

    private static List<JsonObject> lines() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                UnusualConfigurationsTest.class.getResourceAsStream("unusual_configurations.jsonl"),
                StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(line -> JsonParser.parseString(line).getAsJsonObject())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
