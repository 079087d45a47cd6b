package sc.fiji.diffusion.command;

import ij.IJ;
import ij.plugin.PlugIn;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import sc.fiji.diffusion.form.CommandIcon;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormMemory;
import sc.fiji.diffusion.history.HistoryEntry;
import sc.fiji.diffusion.history.HistoryWindow;

/** Plugins ▸ Diffusion ▸ History: the window that shows what was made before. */
public final class HistoryPlugIn implements PlugIn {

    @Override
    public void run(String argument) {
        if (!GraphicsEnvironment.isHeadless()) {
            String help = HelpPage.html("history.html");
            EventQueue.invokeLater(() -> HistoryWindow.show(CommandIcon.images("history"), help, HistoryPlugIn::use));
        }
    }

    /** Opens the command's dialog with these values. */
    private static void use(HistoryEntry entry) {
        FormMemory.offer(entry.command(), new FieldValues(entry.values()));
        IJ.doCommand(entry.command());
    }
}
