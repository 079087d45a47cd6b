package sc.fiji.diffusion.engine.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.ConfigFile;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** The formulas of diffusers' pipelines, by hand. */
class LatentScalingTest {

    @TempDir
    private Path folder;

    private LatentScaling scaling(String fields) throws IOException {
        Path file = Files.writeString(folder.resolve("config.json"), "{" + fields + "}");
        return LatentScaling.of(ConfigFile.read(file), 0.5, 2);
    }

    /** Two pictures of two channels of 1 x 2. */
    private static Tensor latents(float... values) {
        return Tensor.of(values, 2, 2, 1, 2);
    }

    @Test
    void aShiftIsThatOfAllChannels() throws IOException {
        LatentScaling scaling = scaling("\"scaling_factor\": 0.25, \"shift_factor\": 1");
        Tensor vae = latents(1, 2, 3, 4, 5, 6, 7, 8);
        Tensor unet = latents(0, 0.25f, 0.5f, 0.75f, 1, 1.25f, 1.5f, 1.75f);
        assertArrayEquals(unet.values(), scaling.toUnet(vae).values());
        assertArrayEquals(vae.values(), scaling.toVae(unet).values());
    }

    @Test
    void eachChannelHasItsMeanAndDeviation() throws IOException {
        LatentScaling scaling = scaling("\"latents_mean\": [1, -2], \"latents_std\": [2, 4], \"shift_factor\": 9");
        // (vae - mean) * 0.5 / deviation
        Tensor vae = latents(1, 5, -2, 6, 3, 9, 14, 2);
        Tensor unet = latents(0, 1, 0, 1, 0.5f, 2, 2, 0.5f);
        assertArrayEquals(unet.values(), scaling.toUnet(vae).values());
        assertArrayEquals(vae.values(), scaling.toVae(unet).values());
    }

    @Test
    void halfOfTheStatisticsCountsAsNone() throws IOException {
        Tensor unet = latents(1, 2, 3, 4, 5, 6, 7, 8);
        assertArrayEquals(
                latents(2, 4, 6, 8, 10, 12, 14, 16).values(),
                scaling("\"latents_mean\": [1, -2], \"latents_std\": null")
                        .toVae(unet)
                        .values());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"latents_mean\": [1], \"latents_std\": [2, 4] | expected a number for each of the 2 latent channels",
                "\"latents_mean\": [1, 2], \"latents_std\": [2, 0] | latents_std: expected numbers above 0",
                "\"latents_mean\": [1, \"x\"], \"latents_std\": [2, 1] | latents_mean: expected a list of finite numbers",
                "\"scaling_factor\": 0 | scaling_factor: expected a number above 0, found 0"
            })
    void whatCanNotBeIsRefused(String fields, String message) {
        CheckpointException e = assertThrows(CheckpointException.class, () -> scaling(fields));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
