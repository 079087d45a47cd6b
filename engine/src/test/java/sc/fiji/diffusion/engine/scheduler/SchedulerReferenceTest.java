package sc.fiji.diffusion.engine.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;

/** Every scheduler against the values that diffusers computed. */
class SchedulerReferenceTest {

    private static final double TOLERANCE = 1e-4;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ddim",
                "ddim_trailing_vpred",
                "pndm",
                "euler",
                "euler_a",
                "euler_karras",
                "euler_trailing",
                "dpmpp_2m",
                "dpmpp_2m_karras",
                "dpmpp_2m_sde_karras"
            })
    void everyStepIsThatOfDiffusers(String name) {
        SafetensorsFile file = file(name);
        Scheduler scheduler = config(file).create(steps(file));

        float[] timesteps = scheduler.timesteps();
        Reference.assertClose(name + ": timesteps", values(file, "timesteps"), timesteps, TOLERANCE);
        assertEquals(values(file, "init_noise_sigma")[0], scheduler.initNoiseSigma(), TOLERANCE);

        TorchRandom random = new TorchRandom(7);
        float[] sample = scaled(values(file, "initial_noise"), scheduler.initNoiseSigma());
        for (int index = 0; index < timesteps.length; index++) {
            float[] modelOutput = model(scheduler.scaleModelInput(sample, index), timesteps[index]);
            sample = scheduler.step(modelOutput, index, sample, random);
            Reference.assertClose(name + ": step " + index, values(file, "sample_" + index), sample, TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("namesWithNoising")
    void noiseIsAddedAsInDiffusers(String name) {
        SafetensorsFile file = file(name);
        Scheduler scheduler = config(file).create(steps(file));
        int index = (int) file.readLongs("add_noise_index")[0];
        float[] noisy = scheduler.addNoise(values(file, "add_noise_in"), values(file, "add_noise_noise"), index);
        Reference.assertClose(name + ": add_noise", values(file, "add_noise_out"), noisy, TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("namesWithSigmas")
    void theNoiseLevelsAreThoseOfDiffusers(String name) {
        SafetensorsFile file = file(name);
        Scheduler scheduler = config(file).create(steps(file));
        float[] expected = values(file, "sigmas");
        for (int index = 0; index < scheduler.timesteps().length; index++) {
            float noise = scheduler.addNoise(new float[] {0}, new float[] {1}, index)[0];
            float clean = scheduler.addNoise(new float[] {1}, new float[] {0}, index)[0];
            assertEquals(expected[index], noise / clean, TOLERANCE * expected[index], name + " at " + index);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ddim", "pndm", "euler", "euler_a", "euler_trailing", "dpmpp_2m", "dpmpp_2m_karras"})
    void aNameMakesTheSchedulerOfItsFile(String name) {
        SchedulerConfig config = config(file(name));
        assertEquals(config, Schedulers.overlay(name, config));
    }

    /** The model's own configuration, a Euler, is laid under DPM++ 2M Karras as diffusers' from_config does it. */
    @Test
    void aNameOverAnotherClassKeepsTheBetas() {
        SchedulerConfig euler = config(file("euler_karras"));
        assertEquals(config(file("dpmpp_2m_karras")), Schedulers.overlay("dpmpp_2m_karras", euler));
    }

    static Stream<String> namesWithNoising() {
        return Stream.concat(namesWithSigmas(), Stream.of("ddim", "ddim_trailing_vpred", "pndm"));
    }

    static Stream<String> namesWithSigmas() {
        return Stream.of("euler", "euler_a", "euler_karras", "euler_trailing", "dpmpp_2m", "dpmpp_2m_karras");
    }

    private static SafetensorsFile file(String name) {
        return SafetensorsFile.open(Reference.folder().resolve("schedulers").resolve(name + ".safetensors"));
    }

    private static SchedulerConfig config(SafetensorsFile file) {
        JsonObject json = JsonParser.parseString(file.metadata().get("config")).getAsJsonObject();
        json.addProperty("_class_name", file.metadata().get("class"));
        return SchedulerConfig.of(json, file.path().toString());
    }

    private static int steps(SafetensorsFile file) {
        return Integer.parseInt(file.metadata().get("steps"));
    }

    private static float[] values(SafetensorsFile file, String tensor) {
        return file.readFloats(tensor).values();
    }

    private static float[] model(float[] input, float timestep) {
        float[] output = new float[input.length];
        for (int i = 0; i < output.length; i++) {
            output[i] = 0.3f * input[i] + 0.1f * (float) Math.sin(timestep / 100);
        }
        return output;
    }

    private static float[] scaled(float[] values, float factor) {
        float[] scaled = new float[values.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = factor * values[i];
        }
        return scaled;
    }
}
