package sc.fiji.diffusion.engine.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BlendTest {

    @Property(tries = 200)
    void zerosKeepTheOriginalAndOnesTheGeneratedImageToTheBit(@ForAll long seed) {
        RgbImage original = Pictures.noise(19, 11, seed);
        RgbImage generated = Pictures.noise(19, 11, seed + 1);
        Mask mask = Pictures.softMask(19, 11, seed + 2);
        RgbImage blended = Blend.over(original, generated, mask);
        for (int i = 0; i < blended.samples().length; i++) {
            float share = mask.values()[i / 3];
            float from = original.samples()[i];
            float to = generated.samples()[i];
            float found = blended.samples()[i];
            if (share == 0) {
                assertEquals(from, found, "sample " + i);
            } else if (share == 1) {
                assertEquals(to, found, "sample " + i);
            } else {
                assertEquals(from * (1.0 - share) + to * (double) share, found, 1e-6, "sample " + i);
            }
        }
    }

    @Property(tries = 100)
    void blendingAnImageWithItselfChangesNothing(@ForAll long seed) {
        RgbImage image = Pictures.noise(19, 11, seed);
        Pictures.assertSame(image, Blend.over(image, image, Pictures.softMask(19, 11, seed + 1)), 1e-6);
    }

    @Test
    void theImagesGivenStayAsTheyAre() {
        RgbImage original = Pictures.constant(2, 2, 0.25f);
        RgbImage generated = Pictures.constant(2, 2, 0.75f);
        RgbImage blended = Blend.over(original, generated, Pictures.mask(2, 2, (x, y) -> 0.5));
        assertEquals(Pictures.constant(2, 2, 0.5f), blended);
        assertEquals(Pictures.constant(2, 2, 0.25f), original);
        assertEquals(Pictures.constant(2, 2, 0.75f), generated);
    }

    @Test
    void otherSizesAreRefused() {
        RgbImage image = Pictures.constant(4, 3, 0);
        Mask mask = Mask.everything(4, 3);
        assertThrows(IllegalArgumentException.class, () -> Blend.over(image, Pictures.constant(3, 4, 0), mask));
        assertThrows(IllegalArgumentException.class, () -> Blend.over(Pictures.constant(3, 4, 0), image, mask));
        assertTrue(Blend.over(image, image, mask).equals(image));
    }
}
