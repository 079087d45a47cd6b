package sc.fiji.diffusion.stack;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ij.IJ;
import ij.ImagePlus;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.RequestException;

class ImageStateTest {

    private static final String BEGINNING =
            "image: expected cells open with 20 x 10 pixels of 16 bits in 3 slices, as when"
                    + " the job was started, found ";
    private static final String END = "; nothing was changed, run the command again";

    private final ImagePlus image = IJ.createImage("cells", "16-bit black", 20, 10, 3);
    private final ImageState state = ImageState.of(image);

    @Test
    void otherPixelsAndAnotherSliceAreTheSameState() {
        image.setSlice(2);
        image.getProcessor().add(7);
        assertDoesNotThrow(() -> state.require(image));
    }

    @Test
    void anotherSizeOrTypeIsToldWithWhatWasExpected() {
        image.setStack(IJ.createImage("other", "16-bit black", 5, 5, 3).getStack());
        assertEquals(BEGINNING + "5 x 5 pixels of 16 bits in 3 slices" + END, refusal());
        ImagePlus single = IJ.createImage("cells", "8-bit black", 20, 10, 1);
        assertEquals(
                BEGINNING + "20 x 10 pixels of 8 bits" + END,
                assertThrows(RequestException.class, () -> state.require(single))
                        .getMessage());
    }

    @Test
    void aClosedImageIsToldSo() {
        image.flush();
        assertEquals(BEGINNING + "it closed" + END, refusal());
    }

    private String refusal() {
        return assertThrows(RequestException.class, () -> state.require(image)).getMessage();
    }
}
