package sc.fiji.diffusion.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ij.ImagePlus;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.altered.AlteredPixels;

class ResultStackTest {

    @Test
    void severalImagesBecomeAStackLabelledWithTheirSeeds() {
        ImagePlus image = ResultStack.newImage(Results.of("many green nuclei", 16, 8, 42, 3));
        assertEquals("many green nuclei", image.getTitle());
        assertEquals(ImagePlus.COLOR_RGB, image.getType());
        assertEquals(16, image.getWidth());
        assertEquals(8, image.getHeight());
        assertEquals(3, image.getStackSize());
        assertEquals("seed 42", image.getStack().getSliceLabel(1));
        assertEquals("seed 44", image.getStack().getSliceLabel(3));
    }

    @Test
    void oneImageIsLabelledToo() {
        ImagePlus image = ResultStack.newImage(Results.of("nuclei", 16, 8, 7, 1));
        assertEquals(1, image.getStackSize());
        assertEquals("seed 7", image.getStack().getSliceLabel(1));
        assertEquals("seed 7", image.getProp("Slice_Label"));
    }

    @Test
    void pixelsKeepTheirPlacesAndColours() {
        ImagePlus image = ResultStack.newImage(Results.of("nuclei", 16, 8, 7, 1));
        assertEquals(0xff0000, image.getProcessor().get(0, 0) & 0xffffff);
        assertEquals(0x0000ff, image.getProcessor().get(15, 7) & 0xffffff);
        assertEquals(0, image.getProcessor().get(8, 4) & 0xffffff);
    }

    @Test
    void theInfoTellsHowItWasMade() {
        ImagePlus image = ResultStack.newImage(Results.of("nuclei", 16, 8, 7, 1));
        assertEquals(
                Results.of("nuclei", 16, 8, 7, 1).provenance().text() + "Generated pixels: 128 of 128 (not measured)\n",
                image.getInfoProperty());
        assertFalse(image.getCalibration().scaled());
    }

    @Test
    void everyPixelWasGenerated() {
        ImagePlus image = ResultStack.newImage(Results.of("nuclei", 16, 8, 7, 3));
        assertEquals(3 * 16 * 8, AlteredPixels.of(image).count());
    }

    @Test
    void titlesAreOneShortLineThatAFileMayBeNamedAfter() {
        assertEquals("Text to Image", Title.shorten(" \n "));
        assertEquals("a b c", Title.shorten("a/b\nc"));
        assertEquals(
                "a tissue section in pink and violet with",
                Title.shorten("a tissue section in pink and violet with a lot"));
        assertEquals("細".repeat(40), Title.shorten("細".repeat(60)));
    }
}
