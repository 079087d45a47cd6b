package sc.fiji.diffusion.hint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ij.IJ;
import ij.ImagePlus;
import java.util.List;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.stack.StackPosition;

/** What steers a job that had to wait. */
class ControlTest {

    private static final TextToImageRequest REQUEST = TextToImageRequest.of("nuclei", 8, 8);

    private final ImagePlus image = IJ.createImage("labels", "8-bit black", 8, 8, 2);
    private final RgbImage black = new RgbImage(8, 8, new float[3 * 64]);

    ControlTest() {
        image.getStack().getProcessor(2).add(7);
    }

    private Control control(Hint hint, ControlSource source) {
        return new Control("net", HintMaker.of(hint), source, 1, 0, 1);
    }

    private RgbImage ofSlice(Control control, int stackIndex) {
        return control.applied(REQUEST, black, List.of(StackPosition.of(image, stackIndex)), new Region(0, 0, 8, 8))
                .controlImages()
                .get(0)
                .image();
    }

    @Test
    void isTheSliceThatWasShownWhenItWasOrdered() {
        Control waiting = control(Hint.LABELS, new ControlSource.ShownSlice(image));
        Control ready = waiting.ready();
        image.setSlice(2);
        assertEquals(black, ready.applied(REQUEST).controlImages().get(0).image());
        assertEquals(black, ofSlice(ready, 2));
        assertNotEquals(black, waiting.applied(REQUEST).controlImages().get(0).image());
        assertEquals(ready, ready.ready());
    }

    @Test
    void isEachSlicesOwnWhereItFollowsThem() {
        Control ready =
                control(Hint.LABELS, new ControlSource.EachSlice(image, 1)).ready();
        assertEquals(black, ofSlice(ready, 1));
        assertEquals(HintMaker.of(Hint.LABELS).ofSlice(image, 2), ofSlice(ready, 2));
        assertNotEquals(black, ofSlice(ready, 2));
        Control picture = control(Hint.INVERTED_DEPTH, new ControlSource.EachSlice(image, 1));
        assertEquals(HintMaker.of(Hint.INVERTED_DEPTH).ofPicture(black), ofSlice(picture.ready(), 2));
    }
}
