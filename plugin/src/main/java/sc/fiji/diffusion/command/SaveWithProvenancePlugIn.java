package sc.fiji.diffusion.command;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.io.SaveDialog;
import ij.plugin.PlugIn;
import java.awt.GraphicsEnvironment;
import java.nio.file.Path;
import java.util.List;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.form.Field;
import sc.fiji.diffusion.form.Form;
import sc.fiji.diffusion.provenance.FileWithProvenance;
import sc.fiji.diffusion.provenance.KnownHistory;

/** Plugins ▸ Diffusion ▸ Save with Provenance…: the slice that is shown, in a file that tells how it was made. */
public final class SaveWithProvenancePlugIn implements PlugIn {

    /** What a macro gives; ImageJ's own dialog asks a person for it. Macros rely on the key: it never changes. */
    static final Form FORM = new Form(
            "Save with Provenance...",
            List.of(new Field.Text("save", "File")),
            List.of(new Form.Section("", List.of(List.of("save")))));

    private static final String TITLE = FORM.title();

    @Override
    public void run(String argument) {
        CommandRun.run(TITLE, SaveWithProvenancePlugIn::save);
    }

    private static void save() {
        ImagePlus image = WindowManager.getCurrentImage();
        KnownHistory known = KnownHistory.of(image);
        String options = Macro.getOptions();
        if (GraphicsEnvironment.isHeadless() && (options == null || Macro.getValue(options, TITLE, null) == null)) {
            throw new RequestException("save: expected where the file goes, found none");
        }
        // Reads a macro's options, records them, and asks before it replaces a file.
        SaveDialog dialog = new SaveDialog(TITLE, image.getTitle(), ".png");
        if (dialog.getFileName() == null) {
            return;
        }
        Path file = Path.of(dialog.getDirectory() == null ? "" : dialog.getDirectory(), dialog.getFileName());
        FileWithProvenance.write(image, known.history(), file);
        IJ.showStatus(TITLE + ": " + dialog.getFileName());
    }
}
