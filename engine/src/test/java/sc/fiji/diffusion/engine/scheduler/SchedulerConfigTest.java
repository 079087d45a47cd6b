package sc.fiji.diffusion.engine.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.RequestException;

class SchedulerConfigTest {

    private static final SchedulerConfig MODEL = config("'_class_name': 'PNDMScheduler', 'beta_start': 0.00085,"
            + " 'beta_end': 0.012, 'skip_prk_steps': true, 'steps_offset': 1, 'clip_sample': false");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "_class_name|'DDPMSchedulerOfAnotherWorld'",
                "_class_name|null",
                "_class_name|[]",
                "num_train_timesteps|0",
                "num_train_timesteps|100001",
                "num_train_timesteps|10.5",
                "num_train_timesteps|'many'",
                "beta_start|0",
                "beta_start|-0.1",
                "beta_end|1",
                "beta_end|NaN",
                "beta_end|true",
                "beta_schedule|'exp'",
                "trained_betas|[0.1, 0.2]",
                "trained_betas|[[]]",
                "trained_betas|3",
                "prediction_type|'flow_prediction'",
                "timestep_spacing|'random'",
                "steps_offset|1000000000",
                "steps_offset|-1",
                "thresholding|true",
                "use_karras_sigmas|'yes'",
                "use_beta_sigmas|true",
                "use_flow_sigmas|true",
                "variance_type|'learned'",
                "algorithm_type|'dpmsolver'",
                "solver_type|'rk45'",
                "solver_order|3",
                "final_sigmas_type|'none'",
                "sigma_min|0",
                "lambda_min_clipped|Infinity",
            })
    void nonsenseIsRefusedWithFileAndField(String field, String value) {
        String json = "{'_class_name': 'DPMSolverMultistepScheduler', '" + field + "': " + value + "}";
        if (field.equals("_class_name")) {
            json = "{'_class_name': " + value + "}";
        }
        String text = json;
        String message = assertThrows(
                        CheckpointException.class,
                        () -> SchedulerConfig.of(
                                JsonParser.parseString(text).getAsJsonObject(), "a/scheduler_config.json"))
                .getMessage();
        assertTrue(message.startsWith("a/scheduler_config.json: " + field + ": expected "), message);
        assertTrue(message.contains(", found "), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'_class_name': 'PNDMScheduler'",
                "'_class_name': 'PNDMScheduler', 'skip_prk_steps': true, 'prediction_type': 'sample'",
                "'_class_name': 'EulerAncestralDiscreteScheduler', 'prediction_type': 'sample'",
                "'_class_name': 'EulerDiscreteScheduler', 'sigma_min': 3, 'sigma_max': 2",
                "'_class_name': 'EulerDiscreteScheduler', 'use_karras_sigmas': true, 'use_exponential_sigmas': true",
                "'_class_name': 'DPMSolverMultistepScheduler', 'timestep_spacing': 'trailing', 'lambda_min_clipped': -5",
                ""
            })
    void whatNoSchedulerHereCanDoIsRefused(String fields) {
        assertThrows(CheckpointException.class, () -> config(fields));
    }

    @Test
    void aFileWithThingsOfPythonIsRead() throws IOException {
        Path file = Files.writeString(
                folder.resolve("scheduler_config.json"),
                "{\"_class_name\": \"DPMSolverMultistepScheduler\", \"lambda_min_clipped\": -Infinity,"
                        + " \"trained_betas\": null, \"variance_type\": null, \"_diffusers_version\": \"0.30.0\","
                        + " \"solver_type\": \"bh2\", \"unheard_of\": {\"deep\": [1]}}");
        assertEquals(config("'_class_name': 'DPMSolverMultistepScheduler'"), SchedulerConfig.parse(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"_class_name\"", "null", "nonsense"})
    void aFileThatIsNoObjectIsRefusedWithItsName(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("scheduler_config.json"), text);
        String message = assertThrows(CheckpointException.class, () -> SchedulerConfig.parse(file))
                .getMessage();
        assertTrue(message.startsWith(file + ": "), message);
    }

    @Test
    void aMissingFileIsRefusedWithItsName() {
        Path file = folder.resolve("scheduler_config.json");
        String message = assertThrows(CheckpointException.class, () -> SchedulerConfig.parse(file))
                .getMessage();
        assertTrue(message.startsWith(file + ": "), message);
    }

    @Test
    void deepNestingIsRefused() throws IOException {
        Path file =
                Files.writeString(folder.resolve("scheduler_config.json"), "{\"_class_name\":" + "[".repeat(1_000_000));
        assertThrows(CheckpointException.class, () -> SchedulerConfig.parse(file));
    }

    @Test
    void anotherClassKeepsWhatItKnowsAndHasItsOwnDefaults() {
        SchedulerConfig ddim = MODEL.as(SchedulerType.DDIM, Map.of());
        assertEquals(
                config("'_class_name': 'DDIMScheduler', 'beta_start': 0.00085, 'beta_end': 0.012, 'steps_offset': 1,"
                        + " 'set_alpha_to_one': true, 'clip_sample': false, 'timestep_spacing': 'leading'"),
                ddim);
        assertEquals(
                config("'_class_name': 'EulerDiscreteScheduler', 'beta_start': 0.00085, 'beta_end': 0.012,"
                        + " 'steps_offset': 1, 'timestep_spacing': 'linspace'"),
                MODEL.as(SchedulerType.EULER, Map.of()));
        assertEquals(MODEL, ddim.as(SchedulerType.PNDM, Map.of()), "nothing is lost on the way");
    }

    @Test
    void aNamesOwnDefaultGivesWayToWhatTheModelSays() {
        String model = "'_class_name': 'PNDMScheduler', 'skip_prk_steps': true, 'beta_start': 0.00085";
        String euler = "'_class_name': 'EulerDiscreteScheduler', 'beta_start': 0.00085";
        assertEquals(config(euler + ", 'timestep_spacing': 'leading'"), Schedulers.overlay("euler", config(model)));
        assertEquals(
                config(euler + ", 'timestep_spacing': 'trailing'"),
                Schedulers.overlay("euler", config(model + ", 'timestep_spacing': 'trailing'")));
    }

    @Test
    void trainedBetasTakeTheScheduleOver() {
        String betas = "'num_train_timesteps': 4, 'trained_betas': [0.1, 0.2, 0.3, 0.4]";
        SchedulerConfig config = config("'_class_name': 'DDIMScheduler', 'timestep_spacing': 'trailing', " + betas);
        float clean = config.create(4).addNoise(new float[] {1}, new float[] {0}, 0)[0];
        assertEquals(Math.sqrt(0.9 * 0.8 * 0.7 * 0.6), clean, 1e-6);
        assertThrows(RequestException.class, () -> config.create(5));
    }

    @Test
    void pureNoiseNeedsVelocities() {
        SchedulerConfig config = config(
                "'_class_name': 'DDIMScheduler', 'rescale_betas_zero_snr': true," + " 'timestep_spacing': 'trailing'");
        assertThrows(RequestException.class, () -> config.create(10));
    }

    @Test
    void aChoiceIsResolvedAgainstTheModelsConfiguration() {
        SchedulerConfig euler = config("'_class_name': 'EulerDiscreteScheduler'");
        assertEquals(MODEL, SchedulerChoice.modelDefault().resolve(MODEL));
        assertEquals(euler, SchedulerChoice.configured(euler).resolve(MODEL));
        assertEquals(
                Schedulers.overlay("ddim", MODEL), SchedulerChoice.named("ddim").resolve(MODEL));
        assertNotEquals(MODEL, SchedulerChoice.named("ddim").resolve(MODEL));
    }

    @Test
    void aChoiceIsDescribedByItsNameOrItsClass() {
        SchedulerConfig unusual = config("'_class_name': 'EulerDiscreteScheduler', 'beta_end': 0.5");
        assertEquals("pndm", SchedulerChoice.modelDefault().describe(MODEL));
        assertEquals("dpmpp_2m_karras", SchedulerChoice.named("dpmpp_2m_karras").describe(MODEL));
        assertEquals(
                "EulerDiscreteScheduler", SchedulerChoice.configured(unusual).describe(MODEL));
        assertEquals("DPM++ 2M Karras", Schedulers.label("dpmpp_2m_karras"));
    }

    @Test
    void anUnknownNameIsRefusedWithThoseThatThereAre() {
        String message = assertThrows(RequestException.class, () -> SchedulerChoice.named("magic"))
                .getMessage();
        assertTrue(message.startsWith("scheduler: expected one of ddim, "), message);
        assertTrue(message.endsWith(", found magic"), message);
    }

    private static SchedulerConfig config(String fields) {
        return SchedulerConfig.of(
                JsonParser.parseString("{" + fields + "}").getAsJsonObject(), "scheduler_config.json");
    }
}
