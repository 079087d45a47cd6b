package sc.fiji.diffusion.selection;

import ij.ImagePlus;
import ij.gui.Roi;
import java.awt.Rectangle;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.stack.OpenImage;

/** A part of an image that is made anew wholly, corners and all. */
public final class SelectedRectangle {

    private SelectedRectangle() {}

    /**
     * The rectangle that is selected, as far as it lies in the image, or the whole image.
     *
     * @param image or null if none is open
     * @throws RequestException if there is no image, or the selection has another shape, or lies outside
     */
    public static Region of(ImagePlus image) {
        OpenImage.require(image);
        Roi roi = image.getRoi();
        if (roi == null) {
            return new Region(0, 0, image.getWidth(), image.getHeight());
        }
        if (roi.getType() != Roi.RECTANGLE || roi.getCornerDiameter() > 0) {
            throw new RequestException(
                    "selection: expected a rectangle, or none for the whole image (Edit > Selection > Select None), found "
                            + roi.getTypeAsString());
        }
        Rectangle bounds = roi.getBounds().intersection(new Rectangle(image.getWidth(), image.getHeight()));
        if (bounds.isEmpty()) {
            throw new RequestException("selection: expected it inside the image, found it outside; draw it again");
        }
        return new Region(bounds.x, bounds.y, bounds.width, bounds.height);
    }
}
