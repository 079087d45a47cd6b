package sc.fiji.diffusion.engine.watermark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The transform against its definition, and there and back. */
class TileSpectrumTest {

    @Test
    void oneWaveIsOneFrequency() {
        TileSpectrum tile = new TileSpectrum();
        for (int y = 0; y < 128; y++) {
            for (int x = 0; x < 128; x++) {
                tile.re()[TileSpectrum.index(x, y)] = Math.cos(2 * Math.PI * (5 * x - 9 * y) / 128 + 0.7);
            }
        }
        tile.transform();
        for (int i = 0; i < TileSpectrum.COUNT; i++) {
            boolean there = i == TileSpectrum.index(5, -9);
            boolean mirrored = i == TileSpectrum.index(-5, 9);
            double half = TileSpectrum.COUNT / 2.0;
            double sine = there ? Math.sin(0.7) : mirrored ? -Math.sin(0.7) : 0;
            assertEquals(there || mirrored ? half * Math.cos(0.7) : 0, tile.re()[i], 1e-8, "re " + i);
            assertEquals(half * sine, tile.im()[i], 1e-8, "im " + i);
        }
    }

    @Test
    void backAgainIsTheSameTimesTheCount() {
        Random random = new Random(2);
        TileSpectrum tile = new TileSpectrum();
        double[] before = new double[TileSpectrum.COUNT];
        for (int i = 0; i < before.length; i++) {
            before[i] = random.nextGaussian();
            tile.re()[i] = before[i];
        }
        tile.transform();
        tile.transformBack();
        for (int i = 0; i < before.length; i++) {
            assertEquals(before[i], tile.re()[i] / TileSpectrum.COUNT, 1e-12, "re " + i);
            assertEquals(0, tile.im()[i] / TileSpectrum.COUNT, 1e-12, "im " + i);
        }
    }
}
