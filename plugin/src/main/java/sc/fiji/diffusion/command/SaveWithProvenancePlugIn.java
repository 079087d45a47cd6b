package sc.fiji.diffusion.command;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.io.SaveDialog;
import ij.plugin.PlugIn;
import java.awt.GraphicsEnvironment;
import java.nio.file.Path;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.provenance.FileWithProvenance;
import sc.fiji.diffusion.provenance.KnownHistory;

/** Plugins ▸ Diffusion ▸ Save with Provenance…: the slice that is shown, in a file that tells how it was made. */
public final class SaveWithProvenancePlugIn implements PlugIn {

    private static final String TITLE = "Save with Provenance";

    @Override
    public void run(String argument) {
        CommandRun.run(TITLE, SaveWithProvenancePlugIn::save);
    }

    private static void save() {
        ImagePlus image = WindowManager.getCurrentImage();
        KnownHistory known = KnownHistory.of(image);
        String options = Macro.getOptions();
        if (GraphicsEnvironment.isHeadless() && (options == null || Macro.getValue(options, "path", null) == null)) {
            throw new RequestException("path: expected where the file goes, found none");
        }
        // Reads "path" from a macro's options, records it, and asks before it replaces a file.
        SaveDialog dialog = new SaveDialog(TITLE, image.getTitle(), ".png");
        if (dialog.getFileName() == null) {
            return;
        }
        Path file = Path.of(dialog.getDirectory() == null ? "" : dialog.getDirectory(), dialog.getFileName());
        FileWithProvenance.write(image, known.history(), file);
        IJ.showStatus(TITLE + ": " + dialog.getFileName());
    }
}
