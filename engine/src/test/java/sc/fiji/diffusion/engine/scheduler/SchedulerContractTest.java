package sc.fiji.diffusion.engine.scheduler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import sc.fiji.diffusion.engine.RequestException;

/** What {@link Scheduler} promises, asked of every scheduler that has a name and of some with unusual fields. */
class SchedulerContractTest {

    private static final String MODEL = "{'_class_name': 'PNDMScheduler', 'beta_start': 0.00085, 'beta_end': 0.012,"
            + " 'beta_schedule': 'scaled_linear', 'steps_offset': 1, 'skip_prk_steps': true}";

    private static final int LENGTH = 24;

    @TestFactory
    Stream<DynamicTest> timestepsNeverRise() {
        return forAll(config -> {
            for (int steps : stepsUpTo(most(config), 1, 2, 7, 50)) {
                float[] timesteps = config.create(steps).timesteps();
                assertTrue(timesteps.length >= steps, "as many as steps");
                int equal = 0;
                for (int i = 1; i < timesteps.length; i++) {
                    // DPM2's are rounded at the beginning of a step, but not in its middle.
                    float rounding = config.type().name().startsWith("K_DPM_2") ? 1 : 0;
                    assertTrue(timesteps[i] <= timesteps[i - 1] + rounding, "falling at " + i);
                    equal += timesteps[i] == timesteps[i - 1] ? 1 : 0;
                }
                // PNDM takes the second twice, Heun all but the first; sigmas can be closer than timesteps, which
                // DPM-Solver rounds.
                boolean rounded =
                        !config.toString().contains("BY_TIMESTEP") || config.type() == SchedulerType.K_DPM_2_ANCESTRAL;
                int expected =
                        switch (config.type()) {
                            case PNDM -> Math.min(1, steps - 1);
                            case HEUN -> steps - 1;
                            default -> 0;
                        };
                assertTrue(rounded || equal == expected, equal + " repeated");
                boolean logarithms = config.type().name().startsWith("EDM");
                assertTrue(timesteps[0] <= 1000, "at most the training's");
                assertTrue(logarithms || timesteps[timesteps.length - 1] >= 0, "at least 0");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> everyNumberOfStepsGivesNumbers() {
        return forAll(config -> {
            for (int steps : stepsUpTo(most(config), 1, 2, 3, 7, 14, 15, 50)) {
                float[] result = run(config.create(steps), 0, noise(LENGTH, 1), 2);
                for (float value : result) {
                    assertTrue(Float.isFinite(value), steps + " steps gave " + Arrays.toString(result));
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aPerfectModelLeadsToItsPicture() {
        return forAll(config -> {
            float[] clean = noise(LENGTH, 5);
            Scheduler scheduler = config.create(30);
            float[] sample = scheduler.addNoise(clean, noise(LENGTH, 6), 0);
            TorchRandom random = new TorchRandom(7);
            float[] timesteps = scheduler.timesteps();
            for (int index = 0; index < timesteps.length; index++) {
                float[] answer = perfectAnswer(scheduler, sample, clean, index, config);
                sample = scheduler.step(answer, index, sample, random);
            }
            for (int i = 0; i < LENGTH; i++) {
                // Without clipping; those that end at timestep 0 keep its noise.
                assertEquals(clean[i], sample[i], 0.15);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> theSameCallsGiveTheSameBits() {
        return forAll(config -> assertArrayEquals(
                run(config.create(9), 0, noise(LENGTH, 1), 3), run(config.create(9), 0, noise(LENGTH, 1), 3)));
    }

    @TestFactory
    Stream<DynamicTest> noElementDependsOnAnother() {
        return forAll(config -> {
            float[] together = noise(LENGTH, 1);
            float[] alone = Arrays.copyOfRange(together, LENGTH / 2, LENGTH);
            float[] resultTogether = run(config.create(9), 0, together, 0);
            float[] resultAlone = run(config.create(9), 0, alone, 0);
            assertArrayEquals(Arrays.copyOfRange(resultTogether, LENGTH / 2, LENGTH), resultAlone);
        });
    }

    @TestFactory
    Stream<DynamicTest> arraysHandedInStayAsTheyAre() {
        return forAll(config -> {
            Scheduler scheduler = config.create(4);
            float[] sample = noise(LENGTH, 1);
            float[] output = noise(LENGTH, 2);
            assertNotSame(sample, scheduler.scaleModelInput(sample, 0));
            assertNotSame(sample, scheduler.step(output, 0, sample, new TorchRandom(1)));
            scheduler.timesteps()[0] = -1;
            assertArrayEquals(noise(LENGTH, 1), sample);
            assertArrayEquals(noise(LENGTH, 2), output);
            assertTrue(scheduler.timesteps()[0] >= 0);
        });
    }

    @TestFactory
    Stream<DynamicTest> aRunMayBeginLaterButNotJump() {
        return forAll(config -> {
            float[] values = noise(LENGTH, 1);
            int count = config.create(8).timesteps().length;
            for (int leftOut = 0; leftOut < 8; leftOut++) {
                Scheduler late = config.create(8);
                run(late, late.begin(leftOut), values, 1);
            }
            Scheduler scheduler = config.create(8);
            int begin = scheduler.begin(3);
            scheduler.step(values, begin, values, new TorchRandom(1));
            assertThrows(IllegalStateException.class, () -> scheduler.step(values, begin, values, new TorchRandom(1)));
            assertThrows(
                    IllegalStateException.class, () -> scheduler.step(values, begin + 2, values, new TorchRandom(1)));
            assertThrows(
                    IndexOutOfBoundsException.class, () -> scheduler.step(values, count, values, new TorchRandom(1)));
            assertThrows(IndexOutOfBoundsException.class, () -> scheduler.addNoise(values, values, count));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> scheduler.step(new float[LENGTH + 1], begin + 1, values, new TorchRandom(1)));
        });
    }

    /** Two steps are left out of eight: the noise at which a run begins is that of the third step. */
    @TestFactory
    Stream<DynamicTest> aRunBeginsAtTheNoiseOfItsFirstStep() {
        return forAll(config -> {
            Scheduler scheduler = config.create(8);
            int begin = scheduler.begin(2);
            assertEquals(0, scheduler.begin(0));
            assertTrue(begin >= 2 && begin < scheduler.timesteps().length, "begins at " + begin);
            assertTrue(scheduler.timesteps()[begin] < scheduler.timesteps()[0]);
        });
    }

    @TestFactory
    Stream<DynamicTest> noiseGrowsTowardsTheFirstTimestep() {
        return forAll(config -> {
            Scheduler scheduler = config.create(20);
            float[] one = {1};
            float[] zero = {0};
            double before = Double.POSITIVE_INFINITY;
            for (int index = 0; index < scheduler.timesteps().length; index++) {
                double ratio =
                        scheduler.addNoise(zero, one, index)[0] / scheduler.addNoise(one, zero, index)[0];
                assertTrue(ratio <= before, "noise to picture at " + index + ": " + ratio + " after " + before);
                before = ratio;
            }
            double first = scheduler.addNoise(zero, one, 0)[0] / scheduler.addNoise(one, zero, 0)[0];
            assertTrue(first > 5, "noise to picture at the beginning: " + first);
        });
    }

    @TestFactory
    Stream<DynamicTest> moreStepsThanTheTrainingHadAreRefused() {
        return forAll(config -> {
            for (int steps : new int[] {-1, 0, 1001, Integer.MAX_VALUE}) {
                String message = assertThrows(RequestException.class, () -> config.create(steps))
                        .getMessage();
                assertTrue(message.startsWith("steps: expected 1 to 1000"), message);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> asManyStepsAsTheTrainingHadWorkOrAreRefused() {
        return forAll(config -> {
            try {
                for (float value : run(config.create(1000), 0, noise(LENGTH, 1), 1)) {
                    assertFalse(Float.isNaN(value));
                }
            } catch (RequestException refused) {
                assertTrue(refused.getMessage().startsWith("steps: "), refused.getMessage());
            }
        });
    }

    private static Stream<DynamicTest> forAll(Consumer<SchedulerConfig> test) {
        return configs().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> test.accept(entry.getValue())));
    }

    private static Map<String, SchedulerConfig> configs() {
        Map<String, SchedulerConfig> configs = new LinkedHashMap<>();
        JsonObject json = JsonParser.parseString(MODEL).getAsJsonObject();
        json.addProperty("clip_sample", false);
        SchedulerConfig model = SchedulerConfig.of(json, "scheduler_config.json");
        for (String name : Schedulers.names()) {
            configs.put(name, Schedulers.overlay(name, model));
            configs.put(
                    name + " with v_prediction",
                    Schedulers.overlay(name, model.as(model.type(), Map.of("prediction_type", "v_prediction"))));
        }
        putSolvers(configs, model);
        configs.put("ddim linspace", model.as(SchedulerType.DDIM, Map.of("timestep_spacing", "linspace")));
        configs.put("ddim of samples", model.as(SchedulerType.DDIM, Map.of("prediction_type", "sample")));
        configs.put("euler of samples", model.as(SchedulerType.EULER, Map.of("prediction_type", "sample")));
        configs.put("euler leading", model.as(SchedulerType.EULER, Map.of("timestep_spacing", "leading")));
        configs.put("heun leading", model.as(SchedulerType.HEUN, Map.of("timestep_spacing", "leading")));
        configs.put("lms trailing", model.as(SchedulerType.LMS, Map.of("timestep_spacing", "trailing")));
        configs.put("flow", model.as(SchedulerType.FLOW_MATCH_EULER, Map.of("shift", 3)));
        configs.put("edm", model.as(SchedulerType.EDM_EULER, Map.of()));
        configs.put("edm dpm", model.as(SchedulerType.EDM_DPM_SOLVER_MULTISTEP, Map.of("solver_order", 3)));
        configs.put(
                "euler of zero SNR",
                model.as(SchedulerType.EULER, Map.of("rescale_betas_zero_snr", true, "timestep_spacing", "trailing")));
        configs.put(
                "ddim of zero SNR",
                model.as(
                        SchedulerType.DDIM,
                        Map.of(
                                "rescale_betas_zero_snr",
                                true,
                                "timestep_spacing",
                                "trailing",
                                "prediction_type",
                                "v_prediction")));
        return configs;
    }

    private static void putSolvers(Map<String, SchedulerConfig> configs, SchedulerConfig model) {
        SchedulerType dpm = SchedulerType.DPM_SOLVER_MULTISTEP;
        configs.put("first order", model.as(dpm, Map.of("solver_order", 1)));
        configs.put("third order", model.as(dpm, Map.of("solver_order", 3, "lower_order_final", false)));
        configs.put("heun method", model.as(dpm, Map.of("solver_type", "heun")));
        configs.put("sde heun", model.as(dpm, Map.of("solver_type", "heun", "algorithm_type", "sde-dpmsolver++")));
        configs.put("dpm leading", model.as(dpm, Map.of("timestep_spacing", "leading")));
        configs.put("dpm trailing", model.as(dpm, Map.of("timestep_spacing", "trailing")));
        Map<String, Object> untilSigmaMin = Map.of("final_sigmas_type", "sigma_min", "solver_order", 3);
        configs.put("dpm sigma_min", model.as(dpm, untilSigmaMin));
        configs.put("dpm of noise", model.as(dpm, Map.of("algorithm_type", "dpmsolver"), untilSigmaMin));
        configs.put("cosine", model.as(dpm, Map.of("beta_schedule", "squaredcos_cap_v2", "lambda_min_clipped", -5.1)));
        SchedulerType single = SchedulerType.DPM_SOLVER_SINGLESTEP;
        configs.put("singlestep", model.as(single, Map.of("solver_order", 3, "solver_type", "heun")));
        configs.put("singlestep sigma_min", model.as(single, untilSigmaMin));
        configs.put("deis of third order", model.as(SchedulerType.DEIS_MULTISTEP, Map.of("solver_order", 3)));
        SchedulerType unipc = SchedulerType.UNI_PC_MULTISTEP;
        configs.put("unipc of third order", model.as(unipc, Map.of("solver_order", 3, "solver_type", "bh1")));
        configs.put("unipc of noise", model.as(unipc, Map.of("predict_x0", false), untilSigmaMin));
    }

    private static int[] stepsUpTo(int most, int... fewer) {
        return IntStream.concat(Arrays.stream(fewer).filter(steps -> steps < most), IntStream.of(most))
                .toArray();
    }

    /** Beyond it, clipped or offset timesteps would lie outside the training or on one another. */
    private static int most(SchedulerConfig config) {
        if (config.type() == SchedulerType.LCM || config.type() == SchedulerType.TCD) {
            return 50;
        }
        boolean clipped = config.toString().contains("lambdaMinClipped=-5");
        boolean offset = config.type() == SchedulerType.DPM_SOLVER_MULTISTEP
                && config.toString().contains("LEADING");
        return clipped ? 500 : offset ? 998 : 999;
    }

    /** Runs with a model that mixes nothing and stays small. */
    private static float[] run(Scheduler scheduler, int begin, float[] initial, long seed) {
        float[] sample = initial.clone();
        for (int i = 0; i < sample.length; i++) {
            sample[i] *= scheduler.initNoiseSigma();
        }
        // The same noise for an element whatever its neighbours.
        NoiseSource noise = length -> {
            float[] values = new float[length];
            Arrays.fill(values, (float) Math.sin((double) seed));
            return values;
        };
        for (int index = begin; index < scheduler.timesteps().length; index++) {
            float[] output = scheduler.scaleModelInput(sample, index);
            for (int i = 0; i < output.length; i++) {
                output[i] *= 0.3f;
            }
            sample = scheduler.step(output, index, sample, noise);
        }
        return sample;
    }

    /** What a model that knows the picture would say. */
    private static float[] perfectAnswer(
            Scheduler scheduler, float[] sample, float[] clean, int index, SchedulerConfig config) {
        double scale = scheduler.scaleModelInput(new float[] {1}, index)[0];
        // In the middle of a step, what the model is shown tells of the noise in it.
        boolean midway = config.type().name().startsWith("K_DPM_2") && index % 2 == 1;
        double picture = midway ? 1 : scheduler.addNoise(new float[] {1}, new float[] {0}, index)[0];
        double noise = midway
                ? Math.sqrt(1 / (scale * scale) - 1)
                : scheduler.addNoise(new float[] {0}, new float[] {1}, index)[0];
        double norm = Math.hypot(picture, noise);
        float[] answer = new float[clean.length];
        for (int i = 0; i < answer.length; i++) {
            double epsilon = (sample[i] - picture * clean[i]) / noise;
            if (config.type() == SchedulerType.FLOW_MATCH_EULER) {
                answer[i] = (float) (epsilon - clean[i]);
            } else if (config.type().name().startsWith("EDM")) {
                answer[i] = (float) ((clean[i] - sample[i] * 0.25 / (noise * noise + 0.25))
                        / (noise * 0.5 / Math.hypot(noise, 0.5)));
            } else if (config.toString().contains("V_PREDICTION")) {
                answer[i] = (float) (picture / norm * epsilon - noise / norm * clean[i]);
            } else {
                answer[i] = config.toString().contains("predictionType=SAMPLE") ? clean[i] : (float) epsilon;
            }
        }
        return answer;
    }

    private static float[] noise(int length, long seed) {
        return new TorchRandom(seed).next(length);
    }
}
