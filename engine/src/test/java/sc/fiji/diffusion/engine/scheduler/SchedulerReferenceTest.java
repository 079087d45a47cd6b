package sc.fiji.diffusion.engine.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;

/** Every scheduler against the values that diffusers computed. */
class SchedulerReferenceTest {

    private static final double TOLERANCE = 1e-5;

    private static final List<String> NAMES = List.of(
            "ddim",
            "ddim_trailing_vpred",
            "ddpm",
            "deis",
            "dpm2",
            "dpm2_a",
            "dpmpp_2m",
            "dpmpp_2m_karras",
            "dpmpp_2m_sde_karras",
            "dpmpp_2s",
            "euler",
            "euler_a",
            "euler_karras",
            "euler_trailing",
            "flow_match_euler",
            "heun",
            "lcm",
            "lms",
            "pndm",
            "tcd",
            "unipc",
            "unipc_vpred");

    @Test
    void noReferenceIsLeftOut() throws IOException {
        try (Stream<Path> files = Files.list(Reference.folder().resolve("schedulers"))) {
            assertEquals(
                    NAMES,
                    files.map(file -> file.getFileName().toString().replace(".safetensors", ""))
                            .sorted()
                            .toList());
        }
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void everyStepIsThatOfDiffusers(String name) {
        SafetensorsFile file = file(name);
        Scheduler scheduler = config(file).create(steps(file));

        float[] timesteps = scheduler.timesteps();
        Reference.assertClose(name + ": timesteps", values(file, "timesteps"), timesteps, TOLERANCE);
        if (file.tensors().containsKey("init_noise_sigma")) {
            assertEquals(values(file, "init_noise_sigma")[0], scheduler.initNoiseSigma(), TOLERANCE);
        }

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
        // That of lcm was computed at a timestep of a run of eight steps, unlike its samples.
        Scheduler scheduler = config(file).create(name.equals("lcm") ? 8 : steps(file));
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
            float sigma = name.equals("flow_match_euler") ? noise : noise / clean;
            assertEquals(expected[index], sigma, TOLERANCE * expected[index], name + " at " + index);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ddim",
                "ddpm",
                "deis",
                "dpm2",
                "dpm2_a",
                "dpmpp_2m",
                "dpmpp_2m_karras",
                "dpmpp_2m_sde_karras",
                "dpmpp_2s",
                "euler",
                "euler_a",
                "euler_karras",
                "euler_trailing",
                "heun",
                "lcm",
                "lms",
                "pndm",
                "tcd",
                "unipc"
            })
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
        return namesWith("add_noise_out");
    }

    static Stream<String> namesWithSigmas() {
        return namesWith("sigmas");
    }

    private static Stream<String> namesWith(String tensor) {
        return NAMES.stream().filter(name -> file(name).tensors().containsKey(tensor));
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
