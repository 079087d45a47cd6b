package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.tensor.Tensor;

class LatentTilesTest {

    private static final int FACTOR = 8;
    private static final int SMALLEST = 32 * FACTOR;

    @Property(tries = 300)
    void tilesAreNoLargerThanMemoryAllowsOrTheSmallest(
            @ForAll @IntRange(min = 1, max = 300) int width,
            @ForAll @IntRange(min = 1, max = 300) int height,
            @ForAll @IntRange(min = 0, max = 3_000_000) int mostPixels) {
        Size picture = new Size(FACTOR * width, FACTOR * height);
        LatentTiles tiles = LatentTiles.of(picture, FACTOR, mostPixels);
        long smallest = (long) Math.min(SMALLEST, picture.width()) * Math.min(SMALLEST, picture.height());
        assertTrue(
                tiles.tilePixels() <= Math.max(mostPixels, smallest),
                picture + " in tiles of " + tiles.tilePixels() + " pixels, " + mostPixels + " allowed");
        assertEquals(picture, tiles.pixels().canvas());
        if ((long) picture.width() * picture.height() <= mostPixels) {
            assertEquals(1, tiles.latents().tiles().size());
        }
    }

    /** What depends on a latent alone comes out of tiles as out of the whole, up to rounding. */
    @Property(tries = 100)
    void aNetworkThatSeesOnlyOneLatentAtATimeLeavesNoTraceOfTiles(
            @ForAll @IntRange(min = 1, max = 90) int width,
            @ForAll @IntRange(min = 1, max = 90) int height,
            @ForAll @IntRange(min = 1, max = 20_000) int mostPixels) {
        LatentTiles tiles = LatentTiles.of(new Size(2 * width, 2 * height), 2, mostPixels);
        Tensor latents = random(1, 3, height, width);
        assertClose(doubled(latents), tiles.decoded(latents, LatentTilesTest::doubled));
        Tensor pixels = doubled(latents);
        assertClose(latents, tiles.encoded(pixels, LatentTilesTest::halved));
    }

    @Property(tries = 1)
    void whatFitsGoesThroughAsItIs() {
        LatentTiles tiles = LatentTiles.of(new Size(512, 384), FACTOR, 512 * 384);
        Tensor latents = random(1, 4, 48, 64);
        Tensor decoded = random(1, 3, 384, 512);
        assertSame(decoded, tiles.decoded(latents, whole -> {
            assertSame(latents, whole);
            return decoded;
        }));
    }

    @Property(tries = 1)
    void neighboursHaveAQuarterInCommon() {
        LatentTiles tiles = LatentTiles.of(new Size(2048, 512), FACTOR, 512 * 512);
        List<Integer> starts = new ArrayList<>();
        for (Region tile : tiles.pixels().tiles()) {
            assertEquals(512, tile.width());
            assertEquals(512, tile.height());
            starts.add(tile.x());
        }
        assertEquals(List.of(0, 384, 768, 1152, 1536), starts);
    }

    private static Tensor doubled(Tensor x) {
        int height = x.size(2);
        int width = x.size(3);
        Tensor out = new Tensor(new int[] {1, 3, 2 * height, 2 * width}, new float[12 * height * width]);
        for (int i = 0; i < out.values().length; i++) {
            int column = i % (2 * width) / 2;
            int row = i / (2 * width) % (2 * height) / 2;
            int channel = i / (4 * height * width);
            out.values()[i] = x.values()[(channel * height + row) * width + column];
        }
        return out;
    }

    private static Tensor halved(Tensor x) {
        int height = x.size(2) / 2;
        int width = x.size(3) / 2;
        Tensor out = new Tensor(new int[] {1, 3, height, width}, new float[3 * height * width]);
        for (int i = 0; i < out.values().length; i++) {
            out.values()[i] = x.values()[i / width * 4 * width + i % width * 2];
        }
        return out;
    }

    private static void assertClose(Tensor expected, Tensor found) {
        assertEquals(expected.values().length, found.values().length);
        for (int i = 0; i < expected.values().length; i++) {
            assertEquals(expected.values()[i], found.values()[i], 1e-6, "value " + i + " of " + found);
        }
    }

    private static Tensor random(int... shape) {
        Random random = new Random(1);
        float[] values = new float[Tensor.count(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return new Tensor(shape, values);
    }
}
