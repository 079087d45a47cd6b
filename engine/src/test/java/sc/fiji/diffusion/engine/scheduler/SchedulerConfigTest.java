package sc.fiji.diffusion.engine.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                "thresholding|3",
                "dynamic_thresholding_ratio|1.5",
                "use_karras_sigmas|'yes'",
                "use_beta_sigmas|2",
                "use_dynamic_shifting|true",
                "flow_shift|0",
                "variance_type|'learned'",
                "algorithm_type|'euler'",
                "solver_type|'rk45'",
                "solver_order|4",
                "solver_order|0",
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
                "'_class_name': 'PNDMScheduler', 'prediction_type': 'sample'",
                "'_class_name': 'KDPM2DiscreteScheduler', 'prediction_type': 'sample'",
                "'_class_name': 'EDMEulerScheduler', 'prediction_type': 'sample'",
                "'_class_name': 'DDPMScheduler', 'variance_type': 'learned_range'",
                "'_class_name': 'DDPMScheduler', 'variance_type': 'fixed_large_log'",
                "'_class_name': 'DDIMScheduler', 'beta_schedule': 'sigmoid'",
                "'_class_name': 'LCMScheduler', 'original_inference_steps': 1001",
                "'_class_name': 'FlowMatchEulerDiscreteScheduler', 'use_dynamic_shifting': true",
                "'_class_name': 'FlowMatchEulerDiscreteScheduler', 'invert_sigmas': true",
                "'_class_name': 'DPMSolverMultistepScheduler', 'algorithm_type': 'dpmsolver'",
                "'_class_name': 'DPMSolverMultistepScheduler', 'use_flow_sigmas': true, 'use_karras_sigmas': true",
                "'_class_name': 'DPMSolverMultistepScheduler', 'solver_order': 3, 'algorithm_type': 'sde-dpmsolver',"
                        + " 'final_sigmas_type': 'sigma_min'",
                "'_class_name': 'DPMSolverSinglestepScheduler', 'algorithm_type': 'sde-dpmsolver'",
                "'_class_name': 'DPMSolverSinglestepScheduler', 'algorithm_type': 'dpmsolver', 'thresholding': true,"
                        + " 'final_sigmas_type': 'sigma_min'",
                "'_class_name': 'EDMDPMSolverMultistepScheduler', 'solver_order': 3,"
                        + " 'algorithm_type': 'sde-dpmsolver++'",
                "'_class_name': 'DEISMultistepScheduler', 'algorithm_type': 'sde-dpmsolver++'",
                "'_class_name': 'DEISMultistepScheduler', 'solver_type': 'rk45'",
                "'_class_name': 'UniPCMultistepScheduler', 'predict_x0': false",
                "'_class_name': 'UniPCMultistepScheduler', 'lower_order_final': false",
                "'_class_name': 'UniPCMultistepScheduler', 'solver_p': {}",
                "'_class_name': 'UniPCMultistepScheduler', 'shift_terminal': 0.1",
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
    void aNameKeepsTheModelsBetasWhereTheClassesDefaultsDiffer() {
        SchedulerConfig model = config("'_class_name': 'DDIMScheduler'");
        String betas = "'beta_start': 0.0001, 'beta_end': 0.02, 'beta_schedule': 'linear'";
        assertEquals(config("'_class_name': 'LCMScheduler', " + betas), Schedulers.overlay("lcm", model));
        assertEquals(config("'_class_name': 'HeunDiscreteScheduler', " + betas), Schedulers.overlay("heun", model));
    }

    @Test
    void aNameWhoseClassKnowsNoPureNoiseIsRefusedForAModelThatDoes() {
        String zeroSnr = "'rescale_betas_zero_snr': true, 'prediction_type': 'v_prediction'";
        SchedulerConfig model = config("'_class_name': 'DDIMScheduler', " + zeroSnr);
        for (String name : List.of("pndm", "heun", "lms", "dpm2", "dpm2_a", "dpmpp_2s", "deis")) {
            String message = assertThrows(RequestException.class, () -> Schedulers.overlay(name, model))
                    .getMessage();
            assertTrue(message.startsWith("scheduler: expected one that knows rescale_betas_zero_snr"), message);
        }
        for (String name : List.of("ddim", "ddpm", "euler", "euler_a", "dpmpp_2m", "unipc", "lcm", "tcd")) {
            assertTrue(Schedulers.overlay(name, model).toString().contains("rescaleBetasZeroSnr=true"), name);
        }
    }

    @Test
    void noNameIsLaidOverAModelWithoutBetas() {
        SchedulerConfig model = config("'_class_name': 'FlowMatchEulerDiscreteScheduler'");
        assertThrows(RequestException.class, () -> Schedulers.overlay("euler", model));
        assertEquals(
                "FlowMatchEulerDiscreteScheduler",
                SchedulerChoice.modelDefault().describe(model));
    }

    @Test
    void aNameSpacesSigmasAsItSaysWhateverTheModelsRuleIs() {
        SchedulerConfig model = config("'_class_name': 'EulerDiscreteScheduler', 'use_exponential_sigmas': true");
        SchedulerConfig plain = config("'_class_name': 'EulerDiscreteScheduler'");
        assertEquals(Schedulers.overlay("euler_karras", plain), Schedulers.overlay("euler_karras", model));
        assertEquals(Schedulers.overlay("dpmpp_2m", plain), Schedulers.overlay("dpmpp_2m", model));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LCMScheduler", "TCDScheduler"})
    void distillationOnMoreTimestepsThanTheTrainingHadIsRefused(String name) {
        SchedulerConfig few = config("'_class_name': '" + name + "', 'num_train_timesteps': 10");
        assertEquals(
                "scheduler: original_inference_steps: expected at most num_train_timesteps, 10, found 50",
                assertThrows(RequestException.class, () -> few.create(2)).getMessage());
    }

    @Test
    void distilledModelsTakeNoMoreStepsThanTheyWereDistilledOn() {
        SchedulerConfig lcm = config("'_class_name': 'LCMScheduler', 'original_inference_steps': 20");
        assertEquals(20, lcm.create(20).timesteps().length);
        String message =
                assertThrows(RequestException.class, () -> lcm.create(21)).getMessage();
        assertTrue(message.startsWith("steps: expected at most 20, "), message);
    }

    @Test
    void rungeKuttaStepsTakeThreeMoreCallsEachAndCannotBeLeftOut() {
        SchedulerConfig pndm = config("'_class_name': 'PNDMScheduler'");
        Scheduler scheduler = pndm.create(10);
        assertEquals(10 + 3 * 3, scheduler.timesteps().length);
        assertEquals(0, scheduler.begin(0));
        assertThrows(RequestException.class, () -> scheduler.begin(1));
        assertThrows(RequestException.class, () -> pndm.create(3));
    }

    @Test
    void aStepOfTwoCallsBeginsAtItsFirst() {
        Scheduler heun = config("'_class_name': 'HeunDiscreteScheduler'").create(5);
        float[] values = {1, 2};
        assertEquals(4, heun.begin(2));
        assertThrows(IllegalStateException.class, () -> heun.step(values, 3, values, new TorchRandom(1)));
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
