package sc.fiji.diffusion.progress;

import ij.IJ;
import ij.ImageJ;

/** Tells when the ImageJ that was there at the beginning is gone. While it asks whether to quit, it may yet stay. */
public final class QuitWatch {

    private final ImageJ imageJ = IJ.getInstance();

    /** False where there was no window to begin with. */
    public boolean hasQuit() {
        return imageJ != null && IJ.getInstance() != imageJ;
    }
}
