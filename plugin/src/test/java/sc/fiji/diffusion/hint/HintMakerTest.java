package sc.fiji.diffusion.hint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Line;
import ij.gui.Roi;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ShortProcessor;
import java.awt.Color;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.RgbImage;

class HintMakerTest {

    @Test
    void asItIsMeansThroughTheDisplayRange() {
        ImagePlus image = new ImagePlus("values", new ShortProcessor(3, 1, new short[] {100, 150, 300}, null));
        image.setDisplayRange(100, 200);
        assertGrey(HintMaker.of(Hint.AS_IS).ofImage(image), 0, 0.5f, 1);
    }

    @Test
    void depthIsBrightnessAndCanBeTurnedRound() {
        ImagePlus image = new ImagePlus("height", new FloatProcessor(3, 1, new float[] {-2, 0, 6}));
        image.setDisplayRange(-2, 6);
        assertGrey(HintMaker.of(Hint.DEPTH).ofImage(image), 0, 0.25f, 1);
        assertGrey(HintMaker.of(Hint.INVERTED_DEPTH).ofImage(image), 1, 0.75f, 0);
    }

    @Test
    void depthOfColoursWeighsThem() {
        ImagePlus image = IJ.createImage("colours", "RGB black", 3, 1, 1);
        image.getProcessor().putPixel(0, 0, 0xFF0000);
        image.getProcessor().putPixel(1, 0, 0x00FF00);
        image.getProcessor().putPixel(2, 0, 0x0000FF);
        assertGrey(HintMaker.of(Hint.DEPTH).ofImage(image), 0.299f, 0.587f, 0.114f);
    }

    @ParameterizedTest
    @CsvSource({"20, 220", "220, 20"})
    void linesAreWhiteHoweverTheyWereDrawn(int paper, int ink) {
        ByteProcessor drawing = new ByteProcessor(5, 5);
        drawing.setColor(paper);
        drawing.fill();
        drawing.setColor(ink);
        drawing.drawLine(0, 2, 4, 2);
        RgbImage lines = HintMaker.of(Hint.SCRIBBLE).ofImage(new ImagePlus("drawing", drawing));
        for (int i = 0; i < 75; i++) {
            assertEquals(i / 15 == 2 ? 1 : 0, lines.samples()[i], "sample " + i);
        }
    }

    @Test
    void aFlatPictureHasNoLines() {
        ImagePlus flat = IJ.createImage("flat", "8-bit white", 4, 4, 1);
        String message = assertThrows(RequestException.class, () -> HintMaker.of(Hint.SCRIBBLE)
                        .ofImage(flat))
                .getMessage();
        assertEquals("hint: expected lines on a background, found one colour all over", message);
    }

    @Test
    void edgesAreWhiteOnBlack() {
        ByteProcessor step = new ByteProcessor(8, 4);
        step.setColor(255);
        step.setRoi(4, 0, 4, 4);
        step.fill();
        RgbImage edges = HintMaker.of(Hint.EDGES).ofImage(new ImagePlus("step", step));
        for (int i = 0; i < edges.samples().length; i++) {
            assertEquals(i / 3 % 8 == 3 ? 1 : 0, edges.samples()[i], "sample " + i);
        }
    }

    @Test
    void eachLabelHasAColourOfItsOwnAndNoneIsBlack() {
        ImagePlus labels = new ImagePlus("labels", new ShortProcessor(5, 1, new short[] {0, 1, 2, 1, 300}, null));
        RgbImage picture = HintMaker.of(Hint.LABELS).ofImage(labels);
        assertEquals(0, picture.packed()[0]);
        assertEquals(picture.packed()[1], picture.packed()[3]);
        assertEquals(LabelColors.of(1).getRGB() & 0xFFFFFF, picture.packed()[1]);
        assertEquals(LabelColors.of(300).getRGB() & 0xFFFFFF, picture.packed()[4]);
        assertNotEquals(picture.packed()[1], picture.packed()[2]);
        Set<Integer> colors = new HashSet<>();
        for (int label = 1; label <= 100; label++) {
            assertTrue(colors.add(LabelColors.of(label).getRGB()), "label " + label);
        }
    }

    @Test
    void coloursAreNoLabels() {
        ImagePlus colours = IJ.createImage("colours", "RGB", 4, 4, 1);
        String message = assertThrows(
                        RequestException.class, () -> HintMaker.of(Hint.LABELS).requireSuits(colours))
                .getMessage();
        assertTrue(message.endsWith("found the RGB image colours"), message);
    }

    @Test
    void withoutRoisThereIsNothingToSteerBy() {
        ImagePlus image = IJ.createImage("image", "8-bit", 4, 4, 1);
        assertThrows(RequestException.class, () -> HintMaker.of(Hint.ROIS).requireSuits(image));
    }

    @Test
    void roisAreFilledWithTheirOwnColourOrWithOneForEach() {
        Roi own = new Roi(0, 0, 2, 2);
        own.setFillColor(new Color(10, 20, 30, 99));
        Roi second = new Roi(3, 0, 1, 1);
        RgbImage picture = RoiHint.filled(List.of(own, second, new Line(0, 3, 4, 3)), 5, 4);
        int[] expected = new int[20];
        for (int pixel : new int[] {0, 1, 5, 6}) {
            expected[pixel] = 0x0A141E;
        }
        expected[3] = LabelColors.of(2).getRGB() & 0xFFFFFF;
        for (int x = 0; x < 5; x++) {
            expected[15 + x] = LabelColors.of(3).getRGB() & 0xFFFFFF;
        }
        assertArrayEquals(expected, picture.packed());
    }

    @Test
    void outlinesAreWhiteWhereImageJDrawsThem() {
        RgbImage picture = RoiHint.outlines(List.of(new Roi(1, 1, 4, 4)), 7, 7);
        for (int i = 0; i < 49; i++) {
            int x = i % 7;
            int y = i / 7;
            boolean within = x >= 1 && x <= 5 && y >= 1 && y <= 5;
            boolean onBorder = within && (x == 1 || x == 5 || y == 1 || y == 5);
            assertEquals(onBorder ? 0xFFFFFF : 0, picture.packed()[i], "x " + x + ", y " + y);
        }
    }

    @ParameterizedTest
    @EnumSource(Hint.class)
    void whatItTellsOfItselfMakesItAgain(Hint hint) {
        HintMaker maker = new HintMaker(hint, hint == Hint.EDGES ? 12.5 : 100, 200);
        assertEquals(Optional.of(maker), HintMaker.parse(maker.text()));
    }

    @Test
    void earlierVersionsToldNoGradients() {
        assertEquals(Optional.of(HintMaker.of(Hint.EDGES)), HintMaker.parse("edges"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pose", "edges 1", "edges a b", "edges NaN 2", "edges 9 2", "EDGES", "edges 1 2 3"})
    void whatOthersTellIsNotKnown(String text) {
        assertEquals(Optional.empty(), HintMaker.parse(text));
    }

    private static void assertGrey(RgbImage image, float... expected) {
        for (int i = 0; i < expected.length; i++) {
            for (int channel = 0; channel < 3; channel++) {
                assertEquals(expected[i], image.samples()[3 * i + channel], 1e-6, "pixel " + i);
            }
        }
    }
}
