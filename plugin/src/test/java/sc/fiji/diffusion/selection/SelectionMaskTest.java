package sc.fiji.diffusion.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.gui.Arrow;
import ij.gui.EllipseRoi;
import ij.gui.ImageRoi;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.PointRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.RotatedRectRoi;
import ij.gui.ShapeRoi;
import ij.gui.TextRoi;
import ij.process.ByteProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Mask;

class SelectionMaskTest {

    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    /** Every kind of area, about 30x20 pixels at 10,10. */
    private static List<Roi> areas() {
        Roi rounded = new Roi(10, 10, 30, 20);
        rounded.setCornerDiameter(12);
        Roi spline = new PolygonRoi(new float[] {12, 40, 38, 20}, new float[] {12, 10, 30, 26}, Roi.POLYGON);
        ((PolygonRoi) spline).fitSpline();
        ShapeRoi ring = new ShapeRoi(new OvalRoi(10, 10, 30, 22)).not(new ShapeRoi(new Roi(20, 16, 9, 7)));
        ShapeRoi parts = new ShapeRoi(new Roi(10, 10, 8, 8)).or(new ShapeRoi(new OvalRoi(25, 15, 14, 14)));
        int[] xs = {10, 40, 33, 21, 14};
        int[] ys = {12, 10, 29, 22, 30};
        float[] fineXs = {10.3f, 39.7f, 33.2f, 20.9f, 14.1f};
        float[] fineYs = {12.4f, 10.1f, 29.6f, 22.2f, 29.9f};
        return List.of(
                new Roi(10, 10, 30, 20),
                new Roi(10.6, 10.2, 29.5, 20.4),
                rounded,
                new RotatedRectRoi(12, 14, 38, 27, 9),
                new OvalRoi(10, 10, 31, 20),
                new OvalRoi(20, 16, 6, 5),
                new EllipseRoi(11, 12, 39, 28, 0.5),
                new PolygonRoi(xs, ys, xs.length, Roi.POLYGON),
                new PolygonRoi(xs, ys, xs.length, Roi.FREEROI),
                new PolygonRoi(xs, ys, xs.length, Roi.TRACED_ROI),
                new PolygonRoi(fineXs, fineYs, Roi.POLYGON),
                new PolygonRoi(fineXs, fineYs, Roi.FREEROI),
                spline,
                ring,
                parts);
    }

    /** All of them inside the image, and reaching beyond each of its sides. */
    static Stream<Roi> placedAreas() {
        int[][] shifts = {{0, 0}, {-25, 0}, {35, 0}, {0, -20}, {0, 25}, {-22, -16}, {36, 24}};
        List<Roi> placed = new ArrayList<>();
        for (int[] shift : shifts) {
            for (Roi roi : areas()) {
                roi.setLocation((int) roi.getXBase() + shift[0] + 0.0, (int) roi.getYBase() + shift[1] + 0.0);
                placed.add(roi);
            }
        }
        return placed.stream();
    }

    @ParameterizedTest
    @MethodSource("placedAreas")
    void everyPixelIsInTheMaskIfImageJFindsItInTheSelection(Roi roi) {
        assertMask((x, y) -> roi.contains(x, y), SelectionMask.of(roi, WIDTH, HEIGHT), roi);
    }

    @ParameterizedTest
    @MethodSource("placedAreas")
    void everyPixelIsInTheMaskIfImageJFillsIt(Roi roi) {
        Mask mask = SelectionMask.of(roi, WIDTH, HEIGHT);
        ByteProcessor filled = new ByteProcessor(WIDTH, HEIGHT);
        filled.setValue(255);
        filled.fill(roi);
        assertMask((x, y) -> filled.get(x, y) == 255, mask, roi);
    }

    @Test
    void aHoleStaysAsItIs() {
        ShapeRoi ring = new ShapeRoi(new Roi(10, 10, 20, 20)).not(new ShapeRoi(new Roi(15, 15, 5, 5)));
        Mask mask = SelectionMask.of(ring, WIDTH, HEIGHT);
        assertEquals(1, mask.at(14, 15));
        assertEquals(0, mask.at(15, 15));
        assertEquals(0, mask.at(19, 19));
        assertEquals(1, mask.at(20, 19));
        assertEquals(20 * 20 - 5 * 5, count(mask));
    }

    @Test
    void aWideLineIsTheAreaThatItCovers() {
        Line line = new Line(10, 20, 30, 20);
        line.setStrokeWidth(5);
        Mask mask = SelectionMask.of(line, WIDTH, HEIGHT);
        assertEquals(20 * 5, count(mask), 5);
        assertEquals(1, mask.at(20, 20));
        assertEquals(0, mask.at(20, 24));
        assertEquals(5, line.getStrokeWidth());

        PolygonRoi bent = new PolygonRoi(new float[] {10, 40, 40}, new float[] {10, 10, 35}, Roi.POLYLINE);
        bent.setStrokeWidth(3);
        Mask bentMask = SelectionMask.of(bent, WIDTH, HEIGHT);
        assertEquals(3 * (30 + 25), count(bentMask), 9);
        assertEquals(1, bentMask.at(40, 30));
    }

    @Test
    void whatHasNoAreaIsRefusedByItsType() {
        float[] xs = {5, 20, 30};
        float[] ys = {5, 20, 6};
        assertRefused("none; draw one on the image", null);
        assertRefused("Point", new PointRoi(10, 10));
        assertRefused("Point", new PointRoi(xs, ys, 3));
        assertRefused("Angle", new PolygonRoi(xs, ys, Roi.ANGLE));
        Roi wideAngle = new PolygonRoi(xs, ys, Roi.ANGLE);
        wideAngle.setStrokeWidth(4);
        assertRefused("Angle", wideAngle);
        assertRefused("Straight Line without area", new Line(1, 1, 20, 20));
        assertRefused("Polyline without area", new PolygonRoi(xs, ys, Roi.POLYLINE));
        assertRefused("Freeline without area", new PolygonRoi(xs, ys, Roi.FREELINE));
        assertRefused("Arrow", new Arrow(1, 1, 20, 20));
        assertRefused("Text", new TextRoi(5, 5, "text"));
        assertRefused("Image", new ImageRoi(5, 5, new ByteProcessor(8, 8)));
    }

    @Test
    void whatLiesOutsideTheImageIsRefused() {
        for (Roi roi : List.of(new Roi(WIDTH, 5, 10, 10), new Roi(-10, 5, 10, 10), new OvalRoi(5, HEIGHT, 10, 10))) {
            String message = assertThrows(RequestException.class, () -> SelectionMask.of(roi, WIDTH, HEIGHT))
                    .getMessage();
            assertTrue(
                    message.startsWith("selection: expected an area inside the image of 64x48 pixels, found "
                            + roi.getTypeAsString() + " of "),
                    message);
        }
        // Its bounds touch the image, its pixels don't.
        assertThrows(RequestException.class, () -> SelectionMask.of(new OvalRoi(-37, -37, 40, 40), WIDTH, HEIGHT));
    }

    private static void assertRefused(String found, Roi roi) {
        RequestException e = assertThrows(RequestException.class, () -> SelectionMask.of(roi, WIDTH, HEIGHT));
        assertEquals(
                "selection: expected an area such as a rectangle, an oval or a polygon, or a line wider than 1 pixel,"
                        + " found " + found,
                e.getMessage());
    }

    private static void assertMask(PixelTest expected, Mask mask, Roi roi) {
        assertEquals(WIDTH, mask.width());
        assertEquals(HEIGHT, mask.height());
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                assertEquals(expected.at(x, y) ? 1f : 0f, mask.at(x, y), roi + " at " + x + "," + y);
            }
        }
    }

    private static int count(Mask mask) {
        int count = 0;
        for (float value : mask.values()) {
            count += value > 0 ? 1 : 0;
        }
        return count;
    }

    private interface PixelTest {
        boolean at(int x, int y);
    }
}
