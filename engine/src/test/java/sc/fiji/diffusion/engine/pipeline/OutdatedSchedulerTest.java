package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.scheduler.SchedulerConfig;

/** What {@code StableDiffusionPipeline} and {@code StableDiffusionInpaintPipeline} of diffusers do when they are made. */
class OutdatedSchedulerTest {

    @Test
    void wholeImagesAreMadeWithAnOffsetOfOneAndWithoutClipping() {
        SchedulerConfig early = config("DDIMScheduler', 'steps_offset': 0, 'clip_sample': true");
        SchedulerConfig silent = config("DDIMScheduler'");
        SchedulerConfig wanted = config("DDIMScheduler', 'steps_offset': 1, 'clip_sample': false");
        assertNotEquals(wanted, early);
        assertEquals(wanted, OutdatedScheduler.mended(early, false));
        assertEquals(wanted, OutdatedScheduler.mended(silent, false), "the class's own defaults are outdated too");
        assertEquals(wanted, OutdatedScheduler.mended(wanted, false));
    }

    @Test
    void inpaintingSkipsTheRungeKuttaStepsAndLeavesClippingAsItIs() {
        SchedulerConfig pndm = config("PNDMScheduler', 'skip_prk_steps': false");
        assertEquals(
                config("PNDMScheduler', 'skip_prk_steps': true, 'steps_offset': 1"),
                OutdatedScheduler.mended(pndm, true));
        SchedulerConfig clipping = config("DDIMScheduler', 'steps_offset': 1, 'clip_sample': true");
        assertEquals(clipping, OutdatedScheduler.mended(clipping, true));
    }

    private static SchedulerConfig config(String fields) {
        String json = "{'_class_name': '" + fields + "}";
        return SchedulerConfig.of(
                JsonParser.parseString(json.replace('\'', '"')).getAsJsonObject(), "test");
    }
}
