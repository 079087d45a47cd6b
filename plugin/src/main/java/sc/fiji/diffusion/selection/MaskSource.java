package sc.fiji.diffusion.selection;

import ij.ImagePlus;
import ij.gui.Roi;
import java.util.List;
import sc.fiji.diffusion.engine.RequestException;

/** Where the user says what may change. */
public sealed interface MaskSource {

    /** In macros and scripts: the selection in the image. */
    String SELECTION = "selection";

    /** In macros and scripts: all selections in the ROI Manager at once. */
    String MANAGER = "manager";

    /** In macros and scripts: the selections in the ROI Manager one by one. */
    String EACH = "each";

    /** @throws RequestException if it is none of these names */
    static MaskSource named(String name) {
        return switch (name) {
            case SELECTION -> new ActiveSelection();
            case MANAGER -> new RoiManagerTogether();
            case EACH -> new RoiManagerEach();
            default -> throw new RequestException("mask: expected selection, manager or each, found " + name);
        };
    }

    /**
     * At least one mask, each as large as the image.
     *
     * @param image whose pixels are to change
     * @throws sc.fiji.diffusion.engine.RequestException if there is none, or it does not fit the image
     */
    List<PlacedMask> masks(ImagePlus image);

    /** The selection in the image. It holds in every slice, as for ImageJ's own commands, wherever it was drawn. */
    record ActiveSelection() implements MaskSource {

        @Override
        public List<PlacedMask> masks(ImagePlus image) {
            return List.of(new PlacedMask(
                    SelectionMask.of(image.getRoi(), image.getWidth(), image.getHeight()),
                    MaskPosition.ANYWHERE,
                    "selection"));
        }
    }

    /**
     * A selection that a script gives; it holds in every slice. The image keeps its own.
     *
     * @param roi any with an area
     */
    record GivenSelection(Roi roi) implements MaskSource {

        @Override
        public List<PlacedMask> masks(ImagePlus image) {
            return List.of(new PlacedMask(
                    SelectionMask.of(roi, image.getWidth(), image.getHeight()), MaskPosition.ANYWHERE, "selection"));
        }
    }

    /** All selections in the ROI Manager at once: one mask for each position that selections there have. */
    record RoiManagerTogether() implements MaskSource {

        @Override
        public List<PlacedMask> masks(ImagePlus image) {
            return ManagedRois.together(ManagedRois.inManager(), image);
        }
    }

    /** One selection in the ROI Manager after the other, in its order. */
    record RoiManagerEach() implements MaskSource {

        @Override
        public List<PlacedMask> masks(ImagePlus image) {
            return ManagedRois.each(ManagedRois.inManager(), image);
        }
    }

    /**
     * An open 8-bit image as large as the one that changes: 0 keeps a pixel, 255 makes it anew, greys blend. As many
     * slices hold one by one, except those that are black; a single one holds in every slice.
     *
     * @param title of its window
     */
    record MaskImage(String title) implements MaskSource {

        @Override
        public List<PlacedMask> masks(ImagePlus image) {
            return OpenMaskImage.find(title, image).masks();
        }
    }

    /**
     * The same of an image that a script gives, shown or not.
     *
     * @param maskImage 8-bit, as large as the image that changes
     */
    record GivenMaskImage(ImagePlus maskImage) implements MaskSource {

        @Override
        public List<PlacedMask> masks(ImagePlus image) {
            return OpenMaskImage.of(maskImage, maskImage.getTitle(), image).masks();
        }
    }
}
