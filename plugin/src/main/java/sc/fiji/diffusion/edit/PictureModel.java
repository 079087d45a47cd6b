package sc.fiji.diffusion.edit;

import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.provenance.Provenance;

/** Makes a picture anew; blocks until it is done. */
@FunctionalInterface
public interface PictureModel {

    /**
     * @param seen what a slice shows
     * @param mask what may change
     * @param step of which this is the picture
     */
    Made make(RgbImage seen, Mask mask, EditStep step, Progress progress);

    /**
     * A picture made anew.
     *
     * @param image as large as what was seen
     * @param blend how it is to be laid over, 0 where nothing changes
     * @param provenance how it came to be
     */
    record Made(RgbImage image, Mask blend, Provenance provenance) {}
}
