package sc.fiji.diffusion.engine.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The estimate of a model that is always right is the clean sample. */
class CleanEstimateTest {

    private static final int STEPS = 7;
    private static final int COUNT = 12;

    @ParameterizedTest
    @CsvSource({
        "DDIMScheduler, epsilon",
        "DDIMScheduler, v_prediction",
        "DDIMScheduler, sample",
        "PNDMScheduler, epsilon",
        "EulerDiscreteScheduler, epsilon",
        "EulerDiscreteScheduler, v_prediction",
        "EulerAncestralDiscreteScheduler, v_prediction",
        "HeunDiscreteScheduler, epsilon",
        "LMSDiscreteScheduler, epsilon",
        "DPMSolverMultistepScheduler, epsilon",
        "DPMSolverMultistepScheduler, v_prediction",
        "UniPCMultistepScheduler, epsilon",
        "LCMScheduler, epsilon",
        "FlowMatchEulerDiscreteScheduler, flow_prediction"
    })
    void aPerfectModelIsSeenThrough(String type, String prediction) {
        JsonObject json = new JsonObject();
        json.addProperty("_class_name", type);
        if (!prediction.equals("flow_prediction")) {
            json.addProperty("prediction_type", prediction);
        }
        SchedulerConfig config = SchedulerConfig.of(json, "test");
        Scheduler scheduler = config.create(STEPS);
        CleanEstimate estimate = new CleanEstimate(config);
        float[] clean = normal(1);
        float[] noise = normal(2);
        for (int index = 0; index < scheduler.timesteps().length - 1; index++) {
            float[] sample = scheduler.addNoise(clean, noise, index);
            double ofClean = scheduler.addNoise(new float[] {1}, new float[] {0}, index)[0];
            double ofNoise = scheduler.addNoise(new float[] {0}, new float[] {1}, index)[0];
            double strength = Math.hypot(ofClean, ofNoise);
            Map<String, float[]> answers = Map.of(
                    "epsilon",
                    noise,
                    "sample",
                    clean,
                    "v_prediction",
                    WeightedSum.of(ofClean / strength, noise, -ofNoise / strength, clean),
                    "flow_prediction",
                    WeightedSum.of(1, noise, -1, clean));
            float[] found = estimate.of(scheduler, index, sample, answers.get(prediction));
            for (int i = 0; i < COUNT; i++) {
                assertEquals(clean[i], found[i], 2e-2, "timestep " + index + ", element " + i);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"EDMEulerScheduler", "EDMDPMSolverMultistepScheduler"})
    void whereThereIsNoneTheSampleIsShownAsStrongAsACleanOne(String type) {
        JsonObject json = new JsonObject();
        json.addProperty("_class_name", type);
        SchedulerConfig config = SchedulerConfig.of(json, "test");
        Scheduler scheduler = config.create(STEPS);
        float[] found =
                new CleanEstimate(config).of(scheduler, 0, scheduler.addNoise(normal(1), normal(2), 0), normal(3));
        double squares = 0;
        for (float value : found) {
            squares += value * value;
        }
        assertTrue(squares < 9 * COUNT, "squares add up to " + squares);
    }

    private static float[] normal(long seed) {
        Random random = new Random(seed);
        float[] values = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
