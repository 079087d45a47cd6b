package sc.fiji.diffusion.hint;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.plugin.frame.RoiManager;
import ij.process.ColorProcessor;
import java.awt.Color;
import java.util.List;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.pixels.ModelView;
import sc.fiji.diffusion.pixels.ValueRange;
import sc.fiji.diffusion.selection.MaskPosition;
import sc.fiji.diffusion.stack.StackPosition;

/** Pictures of ROIs on black, drawn by ImageJ itself. */
final class RoiHint {

    private RoiHint() {}

    /**
     * Those of the ROI Manager that lie on a slice.
     *
     * @param stackIndex of the slice
     * @throws RequestException if there is none
     */
    static List<Roi> rois(ImagePlus image, int stackIndex) {
        RoiManager manager = RoiManager.getInstance2();
        StackPosition slice = StackPosition.of(image, stackIndex);
        List<Roi> rois = Stream.of(manager == null ? new Roi[0] : manager.getRoisAsArray())
                .filter(roi -> MaskPosition.of(roi).covers(slice))
                .toList();
        if (rois.isEmpty()) {
            throw new RequestException(
                    "hint: expected ROIs in the ROI Manager that lie on the slice shown, found none");
        }
        return rois;
    }

    /** Areas are filled and lines are drawn, each with the ROI's own fill colour, or else with one that tells it apart. */
    static RgbImage filled(List<Roi> rois, int width, int height) {
        ColorProcessor picture = new ColorProcessor(width, height);
        for (int i = 0; i < rois.size(); i++) {
            Roi roi = rois.get(i);
            Color own = roi.getFillColor();
            picture.setColor(own == null ? LabelColors.of(i + 1) : opaque(own));
            if (roi.isArea()) {
                picture.fill(roi);
            } else {
                roi.drawPixels(picture);
            }
        }
        return rgb(picture);
    }

    /** White lines, as wide as each ROI's stroke. */
    static RgbImage outlines(List<Roi> rois, int width, int height) {
        ColorProcessor picture = new ColorProcessor(width, height);
        picture.setColor(Color.WHITE);
        rois.forEach(roi -> roi.drawPixels(picture));
        return rgb(picture);
    }

    private static Color opaque(Color color) {
        return new Color(color.getRGB());
    }

    private static RgbImage rgb(ColorProcessor picture) {
        return ModelView.of(new ImagePlus("", picture), 1, new ValueRange.DisplayRange())
                .seen();
    }
}
