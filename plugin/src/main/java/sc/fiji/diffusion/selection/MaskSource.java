package sc.fiji.diffusion.selection;

import ij.ImagePlus;
import java.util.List;

/** Where the user says what may change. */
public sealed interface MaskSource {

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
}
