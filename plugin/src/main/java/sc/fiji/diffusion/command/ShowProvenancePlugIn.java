package sc.fiji.diffusion.command;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.plugin.PlugIn;
import ij.text.TextWindow;
import java.awt.GraphicsEnvironment;
import sc.fiji.diffusion.provenance.KnownHistory;

/** Plugins ▸ Diffusion ▸ Show Provenance: tells how the slice that is shown was generated. */
public final class ShowProvenancePlugIn implements PlugIn {

    private static final String TITLE = "Show Provenance";
    private static final int WIDTH = 700;
    private static final int HEIGHT = 500;

    @Override
    public void run(String argument) {
        CommandRun.run(TITLE, ShowProvenancePlugIn::show);
    }

    private static void show() {
        ImagePlus image = WindowManager.getCurrentImage();
        String text = KnownHistory.of(image).text();
        if (GraphicsEnvironment.isHeadless()) {
            IJ.log(text);
            return;
        }
        String slice = image.getStackSize() > 1 ? ", slice " + image.getCurrentSlice() : "";
        new TextWindow("Provenance of " + image.getTitle() + slice, text, WIDTH, HEIGHT);
    }
}
