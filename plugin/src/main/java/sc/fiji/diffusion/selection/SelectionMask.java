package sc.fiji.diffusion.selection;

import ij.gui.Arrow;
import ij.gui.ImageRoi;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.process.ImageProcessor;
import java.awt.Rectangle;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Mask;

/** Turns selections into masks. */
public final class SelectionMask {

    private SelectionMask() {}

    /**
     * Ones where ImageJ would fill the selection, zeros elsewhere; what lies beyond the image is cut off. A line that
     * is wider than one pixel is taken as ImageJ's Line to Area takes it. The selection stays as it is.
     *
     * @param roi or null if there is none
     * @param width of the image in pixels
     * @param height of the image in pixels
     * @throws RequestException if it has no area, or none in the image
     */
    public static Mask of(Roi roi, int width, int height) {
        return of("selection", roi, width, height);
    }

    /** @param name what messages call it */
    static Mask of(String name, Roi roi, int width, int height) {
        Roi area = area(roi);
        if (area == null) {
            throw new RequestException(name + ": expected an area such as a rectangle, an oval or a polygon, or a line"
                    + " wider than 1 pixel, found " + (roi == null ? "none; draw one on the image" : found(roi)));
        }
        Mask mask = new Mask(width, height, new float[width * height]);
        if (!fill(area, mask)) {
            Rectangle bounds = area.getBounds();
            throw new RequestException(name + ": expected an area inside the image of " + width + "x" + height
                    + " pixels, found " + found(roi) + " of " + bounds.width + "x" + bounds.height + " at " + bounds.x
                    + "," + bounds.y);
        }
        return mask;
    }

    /** Texts and pictures call themselves areas, but people see what is drawn in them. */
    private static Roi area(Roi roi) {
        if (roi == null || roi instanceof TextRoi || roi instanceof ImageRoi) {
            return null;
        }
        if (isBar(roi)) {
            // The conversion writes the width back into the line.
            return roi.getStrokeWidth() > 1 ? Roi.convertLineToArea((Roi) roi.clone()) : null;
        }
        return roi.isArea() ? roi : null;
    }

    /** Lines that have no other shape than their width; an angle is a line for ImageJ too. */
    private static boolean isBar(Roi roi) {
        return roi.isLine() && roi.getType() != Roi.ANGLE && !(roi instanceof Arrow);
    }

    private static String found(Roi roi) {
        String type = roi.getTypeAsString();
        return isBar(roi) && area(roi) == null ? type + " without area" : type;
    }

    /** False if nothing of it lies in the image. */
    private static boolean fill(Roi area, Mask mask) {
        Rectangle bounds = area.getBounds();
        Rectangle inside = bounds.intersection(new Rectangle(mask.width(), mask.height()));
        if (inside.isEmpty()) {
            return false;
        }
        // Null stands for the whole rectangle.
        ImageProcessor filled = area.getMask();
        boolean any = false;
        for (int y = inside.y; y < inside.y + inside.height; y++) {
            for (int x = inside.x; x < inside.x + inside.width; x++) {
                if (filled == null || filled.get(x - bounds.x, y - bounds.y) != 0) {
                    mask.values()[y * mask.width() + x] = 1;
                    any = true;
                }
            }
        }
        return any;
    }
}
