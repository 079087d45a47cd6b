package sc.fiji.diffusion.form;

import java.io.File;
import java.util.Locale;
import java.util.Optional;
import javax.swing.JFileChooser;
import javax.swing.filechooser.FileFilter;

/** Lets the user pick a model: its folder, or its single file. */
public final class ModelChooser {

    private static final String ENDING = ".safetensors";

    private ModelChooser() {}

    /** The path of what was picked; empty if nothing was. Shows a window, and waits for it. */
    public static Optional<String> choose(String before) {
        JFileChooser chooser = chooser(before);
        boolean picked = chooser.showDialog(null, "Choose") == JFileChooser.APPROVE_OPTION;
        return picked ? Optional.of(chooser.getSelectedFile().getPath()) : Optional.empty();
    }

    /** Where the model before lies, if it is a path. */
    static JFileChooser chooser(String before) {
        File file = new File(before.strip());
        JFileChooser chooser =
                new JFileChooser(file.exists() ? file.getAbsoluteFile().getParentFile() : null);
        chooser.setDialogTitle("Folder or file of the model");
        chooser.setFileSelectionMode(JFileChooser.FILES_AND_DIRECTORIES);
        chooser.setAcceptAllFileFilterUsed(false);
        chooser.setFileFilter(new FileFilter() {
            @Override
            public boolean accept(File candidate) {
                return candidate.isDirectory()
                        || candidate.getName().toLowerCase(Locale.ROOT).endsWith(ENDING);
            }

            @Override
            public String getDescription() {
                return "Folders and *" + ENDING;
            }
        });
        return chooser;
    }
}
