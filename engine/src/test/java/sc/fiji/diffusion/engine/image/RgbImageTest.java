package sc.fiji.diffusion.engine.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RgbImageTest {

    @Property(tries = 200)
    void aCropShowsItsPartOfTheImageAndFitsBackIn(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 8) int x,
            @ForAll @IntRange(min = 0, max = 5) int y,
            @ForAll @IntRange(min = 1, max = 4) int width,
            @ForAll @IntRange(min = 1, max = 3) int height) {
        Region region = new Region(x, y, width, height);
        RgbImage image = Pictures.noise(12, 8, seed);
        RgbImage crop = image.crop(region);
        Pictures.assertSamples(width, height, (i, j, channel) -> image.at(x + i, y + j, channel), crop, 0);
        assertEquals(image, image.with(crop, region));
        RgbImage black = image.with(Pictures.constant(width, height, 0), region);
        assertEquals(image, black.with(crop, region));
        Mask mask = Pictures.softMask(12, 8, seed);
        Pictures.assertValues(width, height, (i, j) -> mask.at(x + i, y + j), mask.crop(region), 0);
    }

    @Test
    void replacingAPartLeavesTheImageItselfAlone() {
        RgbImage image = Pictures.constant(3, 3, 0);
        RgbImage changed = image.with(Pictures.constant(1, 2, 1), new Region(2, 1, 1, 2));
        assertEquals(Pictures.constant(3, 3, 0), image);
        Pictures.assertSamples(3, 3, (x, y, channel) -> x == 2 && y >= 1 ? 1 : 0, changed, 0);
    }

    @Test
    void regionsBeyondTheImageAndPartsOfOtherSizesAreRefused() {
        RgbImage image = Pictures.constant(3, 3, 0);
        assertThrows(IllegalArgumentException.class, () -> image.crop(new Region(2, 0, 2, 1)));
        assertThrows(IllegalArgumentException.class, () -> image.crop(new Region(0, -1, 1, 1)));
        assertThrows(IllegalArgumentException.class, () -> image.with(image, new Region(0, 0, 2, 3)));
    }
}
