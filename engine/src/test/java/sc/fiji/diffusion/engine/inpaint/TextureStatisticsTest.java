package sc.fiji.diffusion.engine.inpaint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.image.RgbImage;

class TextureStatisticsTest {

    @Test
    void aWaveHasItsPowerAtItsFrequency() {
        TextureStatistics wave = TextureStatistics.of(wave(5, 0.25f));
        assertEquals(0.5, wave.mean(), 1e-6);
        assertEquals(0.25 * 0.25 / 2, wave.variance(), 1e-6);
        for (int frequency = 1; frequency <= 16; frequency++) {
            if (frequency < 4 || frequency > 6) {
                assertTrue(wave.spectrum()[4] > 1000 * wave.spectrum()[frequency - 1], "frequency " + frequency);
            }
        }
    }

    @Test
    void halfTheAmplitudeIsSixDecibelsAwayWhereThereIsPower() {
        TextureStatistics wave = TextureStatistics.of(wave(5, 0.5f));
        TextureStatistics half = TextureStatistics.of(wave(5, 0.25f));
        assertEquals(4, wave.spectrum()[4] / half.spectrum()[4], 1e-3);
        assertEquals(0, wave.spectrumDistance(wave));
        assertEquals(wave.spectrumDistance(half), half.spectrumDistance(wave));
        assertTrue(wave.spectrumDistance(half) > 0);
    }

    private static RgbImage wave(int cycles, float amplitude) {
        float[] samples = new float[3 * 32 * 32];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = 0.5f + amplitude * (float) Math.sin(2 * Math.PI * cycles * (i / 3 % 32) / 32);
        }
        return new RgbImage(32, 32, samples);
    }
}
