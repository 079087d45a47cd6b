package sc.fiji.diffusion.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsualSamplingTest {

    @ParameterizedTest
    @CsvSource({
        "stable-diffusion-v1-5, 25, 7.5",
        "sd-turbo, 4, 1",
        "sd_xl_turbo_1.0_fp16, 4, 1",
        "dreamshaperXL_v2TurboDpmppSDE, 4, 1",
        "SDXL-Lightning, 4, 1",
        "sdxl_lightning_8step, 8, 1",
        "Hyper-SD15-1step, 1, 1",
        "LCM_Dreamshaper_v7, 4, 1",
        "hyperrealism_v3, 25, 7.5",
        "juggernaut_lcmfoo, 25, 7.5",
        "enlightning, 25, 7.5"
    })
    void aNameTellsOfAModelThatWasDistilled(String name, int steps, double guidance) {
        assertEquals(new UsualSampling(steps, guidance), of("{}", "{}", "{}", name));
        assertEquals(new UsualSampling(steps, guidance), of("{\"_name_or_path\": \"" + name + "\"}", "{}", "{}", "m"));
    }

    @Test
    void aUNetOrASchedulerTellsOfIt() {
        assertEquals(new UsualSampling(4, 8.5), of("{}", "{\"time_cond_proj_dim\": 256}", "{}", "m"));
        assertEquals(new UsualSampling(25, 7.5), of("{}", "{\"time_cond_proj_dim\": null}", "{}", "m"));
        assertEquals(new UsualSampling(4, 1), of("{}", "{}", "{\"_class_name\": \"LCMScheduler\"}", "m"));
        assertEquals(new UsualSampling(4, 1), of("{}", "{}", "{\"_class_name\": \"TCDScheduler\"}", "m"));
    }

    @Test
    void theModelsOwnWordComesFirst() {
        assertEquals(new UsualSampling(7, 2), of("{\"_steps\": 7, \"_guidance_scale\": 2}", "{}", "{}", "sd-turbo"));
    }

    private static UsualSampling of(String index, String unet, String scheduler, String name) {
        return UsualSampling.of(config(index), config(unet), config(scheduler), name);
    }

    private static ConfigFile config(String json) {
        return ConfigFile.of(
                Path.of("config.json"), JsonParser.parseString(json).getAsJsonObject());
    }
}
