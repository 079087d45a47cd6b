package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.tensor.Tensor;

class VaeRunTest {

    private static final Size PICTURE = new Size(1024, 1024);
    private static final int BYTES_PER_PIXEL = 3072;

    private final VaeRun run = new VaeRun(new VaeMemory(8, BYTES_PER_PIXEL, Long.MAX_VALUE));
    private final List<Long> tried = new ArrayList<>();

    @Test
    void aPictureThatTheMemoryIsTooSmallForIsTriedInSmallerTilesFromThenOn() {
        Tensor made = Tensor.of(new float[] {1}, 1);
        assertSame(made, run.of(PICTURE, tiles -> asLongAs(tiles.tilePixels() <= 300_000, tiles, made)));
        assertEquals(1024 * 1024, tried.get(0));
        assertTrue(tried.size() <= 4, tried::toString);
        long fits = tried.get(tried.size() - 1);
        tried.clear();
        run.of(PICTURE, tiles -> asLongAs(true, tiles, made));
        assertEquals(List.of(fits), tried);
    }

    @Test
    void withoutMemoryForTheSmallestTileTheFailureIsTold() {
        EngineException failure =
                assertThrows(EngineException.class, () -> run.of(PICTURE, tiles -> asLongAs(false, tiles, null)));
        assertTrue(failure.isOutOfMemory());
        assertEquals(256 * 256, tried.get(tried.size() - 1), tried::toString);
    }

    @Test
    void anotherFailureIsToldAtOnce() {
        EngineException broken = new EngineException("vae: broken");
        assertSame(
                broken,
                assertThrows(
                        EngineException.class,
                        () -> run.of(PICTURE, tiles -> {
                            tried.add(tiles.tilePixels());
                            throw broken;
                        })));
        assertEquals(1, tried.size());
    }

    private Tensor asLongAs(boolean fits, LatentTiles tiles, Tensor made) {
        tried.add(tiles.tilePixels());
        if (!fits) {
            throw EngineException.outOfMemory("vae_decoder: not enough memory", new IllegalStateException("full"));
        }
        return made;
    }
}
