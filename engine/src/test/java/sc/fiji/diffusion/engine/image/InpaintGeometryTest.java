package sc.fiji.diffusion.engine.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.RequestException;

class InpaintGeometryTest {

    private static final Size IMAGE = new Size(2000, 1500);

    @Test
    void aLargeSelectionFollowsItsDiagonal() {
        InpaintGeometry geometry = InpaintGeometry.of(new Region(500, 400, 600, 800), IMAGE, 0.8, 512);
        assertEquals(80, geometry.feather(), 1e-9, "0.1 · 0.8 · 1000");
        assertEquals(44, geometry.grow(), 1e-9);
        assertEquals(25, geometry.blend(), 1e-9);
        assertEquals(350, geometry.padding(), 1e-9, "half of 700");
        assertEquals(new Region(106, 6, 1388, 1494), geometry.contextRegion());
    }

    @Test
    void aSmallSelectionHasASoftEdgeOfAFixedWidth() {
        InpaintGeometry geometry = InpaintGeometry.of(new Region(1000, 700, 1, 1), IMAGE, 0.5, 512);
        assertEquals(16, geometry.feather(), 1e-9);
        assertEquals(12, geometry.grow(), 1e-9);
        assertEquals(20, geometry.blend(), 1e-9);
        assertEquals(125, geometry.padding(), 1e-9, "a sixteenth of 2000");
        assertEquals(new Region(863, 563, 275, 275), geometry.contextRegion());
    }

    @Test
    void withoutStrengthNothingIsSoft() {
        InpaintGeometry geometry = InpaintGeometry.of(new Region(0, 0, 100, 100), IMAGE, 0, 512);
        assertEquals(0, geometry.feather());
        assertEquals(4, geometry.grow());
        assertEquals(4, geometry.blend());
    }

    @Test
    void theMaskAndItsBoundsGiveTheSame() {
        Region region = new Region(10, 20, 30, 5);
        assertEquals(
                InpaintGeometry.of(region, new Size(100, 80), 0.7, 512),
                InpaintGeometry.of(Mask.of(region, 100, 80), 0.7, 512));
    }

    @Test
    void wrongRequestsAreRefused() {
        assertEquals(
                "mask: expected at least one pixel to change, found none",
                assertThrows(RequestException.class, () -> InpaintGeometry.of(new Mask(2, 1, new float[2]), 1, 512))
                        .getMessage());
        assertEquals(
                "strength: expected 0 to 1, found NaN",
                assertThrows(RequestException.class, () -> InpaintGeometry.of(Mask.everything(2, 1), Double.NaN, 512))
                        .getMessage());
        assertThrows(RequestException.class, () -> InpaintGeometry.of(Mask.everything(2, 1), 1.01, 512));
    }

    @Property(tries = 60)
    void theSelectionChangesWhollyAndNothingChangesBeyondTheContext(
            @ForAll @IntRange(min = 0, max = 199) int x,
            @ForAll @IntRange(min = 0, max = 149) int y,
            @ForAll @IntRange(min = 1, max = 150) int width,
            @ForAll @IntRange(min = 1, max = 150) int height,
            @ForAll @DoubleRange(min = 0, max = 1) double strength) {
        Mask mask = Mask.of(new Region(x, y, width, height), 200, 150);
        InpaintGeometry geometry = InpaintGeometry.of(mask, strength, 512);
        Region selection = geometry.selection();
        Region context = geometry.contextRegion();
        context.requireInside(200, 150);
        Mask denoising = geometry.denoisingMask(mask);
        for (int j = 0; j < 150; j++) {
            for (int i = 0; i < 200; i++) {
                String place = "x " + i + ", y " + j;
                if (holds(selection, i, j)) {
                    assertTrue(denoising.at(i, j) > 0.99, "kept at " + place);
                }
                if (!holds(context, i, j)) {
                    assertEquals(0, denoising.at(i, j), "denoised at " + place);
                }
            }
        }
    }

    @Test
    void aSmallRegionIsEnlargedToTheModelsNumberOfPixels() {
        assertEquals(new Size(512, 512), workSize(100, 100, 512, 8));
        assertEquals(new Size(512, 512), workSize(1, 1, 512, 8));
        assertEquals(new Size(728, 368), workSize(200, 100, 512, 8), "724 × 362, rounded up");
        assertEquals(new Size(768, 384), workSize(200, 100, 512, 64));
        assertEquals(new Size(128, 128), workSize(37, 37, 128, 8));
    }

    @Test
    void aLargeRegionKeepsItsSizeUpToTwiceTheModels() {
        assertEquals(new Size(600, 600), workSize(600, 600, 512, 8));
        assertEquals(new Size(704, 608), workSize(701, 605, 512, 8));
        assertEquals(new Size(1024, 1024), workSize(3000, 3000, 512, 8));
        assertEquals(new Size(1024, 512), workSize(4000, 2000, 512, 8));
    }

    @Test
    void aVeryThinRegionIsStretchedAcross() {
        assertEquals(new Size(256, 1024), workSize(1, 500, 512, 8));
        assertEquals(new Size(1024, 256), workSize(5000, 3, 512, 8));
        assertEquals(new Size(1024, 256), workSize(400, 100, 512, 8), "four to one is the last that is not");
    }

    @Property(tries = 1000)
    void everyRegionHasAWorkSize(
            @ForAll @IntRange(min = 1, max = 5000) int width,
            @ForAll @IntRange(min = 1, max = 5000) int height,
            @ForAll @IntRange(min = 64, max = 1024) int nativeSize,
            @ForAll @IntRange(min = 0, max = 6) int powerOfTwo) {
        int factor = 1 << powerOfTwo;
        Size size = workSize(width, height, nativeSize, factor);
        assertEquals(0, size.width() % factor, "width " + size);
        assertEquals(0, size.height() % factor, "height " + size);
        assertTrue(Math.max(size.width(), size.height()) <= 2 * nativeSize, "too long: " + size);
        assertTrue(Math.min(size.width(), size.height()) >= nativeSize / 2, "too short: " + size);
        if (nativeSize % factor != 0) {
            return; // the longest side is then rounded down
        }
        assertTrue(size.width() * size.height() >= nativeSize * nativeSize * 0.9999, "too few pixels: " + size);
        double aspect = width / (double) height;
        if (aspect >= 0.25 && aspect <= 4) {
            // Rounding adds less than a factor to each side.
            assertTrue((size.width() - factor) / (double) size.height() <= aspect + 1e-9, "too wide: " + size);
            assertTrue((size.height() - factor) / (double) size.width() <= 1 / aspect + 1e-9, "too high: " + size);
        }
    }

    private static Size workSize(int width, int height, int nativeSize, int factor) {
        return InpaintGeometry.workSize(new Region(0, 0, width, height), nativeSize, factor);
    }

    private static boolean holds(Region region, int x, int y) {
        return x >= region.x()
                && x < region.x() + region.width()
                && y >= region.y()
                && y < region.y() + region.height();
    }

    @Test
    void aModelOfSmallPicturesHasShorterEdges() {
        Region small = new Region(40, 40, 8, 6);
        Size image = new Size(128, 128);
        InpaintGeometry of512 = InpaintGeometry.of(small, image, 1, 512);
        InpaintGeometry of128 = InpaintGeometry.of(small, image, 1, 128);
        assertEquals(32, of512.feather());
        assertEquals(8, of128.feather());
        assertEquals(5, of128.grow());
        assertEquals(6.25, of128.blend());
    }
}
