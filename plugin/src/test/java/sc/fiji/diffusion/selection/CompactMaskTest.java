package sc.fiji.diffusion.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;

class CompactMaskTest {

    @Property(tries = 100)
    void aMaskOfWholeLevelsComesBackToTheBit(
            @ForAll @IntRange(min = 1, max = 20) int width, @ForAll @IntRange(min = 1, max = 20) int height) {
        Random random = new Random(31L * width + height);
        float[] values = new float[width * height];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(4) > 0 ? 0 : random.nextInt(256) / 255f;
        }
        values[random.nextInt(values.length)] = 1;
        Mask mask = new Mask(width, height, values);
        assertEquals(mask, CompactMask.of(mask).orElseThrow().mask());
    }

    @Test
    void itTakesTheRectangleThatIsFilled() {
        CompactMask compact = CompactMask.of(Mask.of(new Region(700, 300, 20, 10), 2048, 2048))
                .orElseThrow();
        assertEquals(new Region(700, 300, 20, 10), compact.bounds());
        assertEquals(200, compact.levels().length);
        assertTrue(CompactMask.of(new Mask(3, 2, new float[6])).isEmpty());
    }

    @Test
    void ofTwoMasksTheLargerValueCounts() {
        Mask first = new Mask(3, 1, new float[] {0.2f, 0.8f, 0});
        Mask second = new Mask(3, 1, new float[] {0.6f, 0.4f, 0});
        Mask union = first;
        CompactMask.of(second).orElseThrow().addTo(union);
        assertEquals(new Mask(3, 1, new float[] {153 / 255f, 0.8f, 0}), union);
    }
}
