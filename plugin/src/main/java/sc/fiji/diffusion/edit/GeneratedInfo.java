package sc.fiji.diffusion.edit;

import ij.ImagePlus;
import sc.fiji.diffusion.altered.AlteredPixels;
import sc.fiji.diffusion.provenance.ImageProvenance;

/** Keeps with an image what was generated in it, and how. */
final class GeneratedInfo {

    /** ImageJ shows and saves this property with an image. */
    private static final String INFO = "Info";

    private GeneratedInfo() {}

    /** After every slice, so that the image never holds generated pixels that nobody knows of; redraws it. */
    static void keep(ImagePlus image, AlteredPixels altered, ImageProvenance provenance, String where, String how) {
        Object info = image.getProperty(INFO);
        String earlier = info == null ? "" : info + "\n";
        image.setProperty(INFO, earlier + "Generated in: " + where + "\n" + how);
        altered.keepIn(image);
        provenance.keep();
        image.changes = true;
        image.updateAndDraw();
    }
}
