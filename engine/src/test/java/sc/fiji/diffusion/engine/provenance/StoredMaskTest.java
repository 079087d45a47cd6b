package sc.fiji.diffusion.engine.provenance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;

class StoredMaskTest {

    private static final Region BOUNDS = new Region(3, 2, 8, 5);

    @Test
    void aRectangleNeedsNoPixels() {
        Mask mask = Mask.of(BOUNDS, 20, 10);
        StoredMask stored = StoredMask.of(mask);
        assertEquals(StoredMask.Kind.RECTANGLE, stored.kind());
        assertEquals(Optional.empty(), stored.levels());
        assertArrayEquals(mask.values(), stored.mask().orElseThrow().values());
    }

    @Test
    void shapesAndSoftMasksComeBackToTheBit() {
        Random random = new Random(1);
        for (StoredMask.Kind kind : new StoredMask.Kind[] {StoredMask.Kind.SHAPE, StoredMask.Kind.SOFT}) {
            Mask mask = Mask.of(BOUNDS, 20, 10);
            for (int i = 0; i < mask.values().length; i++) {
                if (mask.values()[i] > 0) {
                    mask.values()[i] = kind == StoredMask.Kind.SOFT ? random.nextInt(256) / 255f : random.nextInt(2);
                }
            }
            StoredMask stored = StoredMask.of(mask);
            assertEquals(kind, stored.kind());
            assertArrayEquals(mask.values(), stored.mask().orElseThrow().values());
        }
    }

    @Test
    void whatIsFinerThanBytesIsNotKeptAndNotGuessed() {
        Mask mask = Mask.of(BOUNDS, 20, 10);
        mask.values()[3 * 20 + 4] = 0.3333f;
        assertEquals(Optional.empty(), StoredMask.of(mask).mask());
    }

    @Test
    void damagedLevelsGiveNoMask() {
        Mask mask = Mask.of(BOUNDS, 20, 10);
        mask.values()[3 * 20 + 4] = 0;
        StoredMask stored = StoredMask.of(mask);
        String levels = stored.levels().orElseThrow();
        for (String damaged : new String[] {"", "?", levels.substring(4), levels.substring(0, 8), "AAAA" + levels}) {
            assertTrue(
                    new StoredMask(stored.size(), stored.bounds(), stored.kind(), stored.sha256(), Optional.of(damaged))
                            .mask()
                            .isEmpty(),
                    damaged);
        }
    }
}
