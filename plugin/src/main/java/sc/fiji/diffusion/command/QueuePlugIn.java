package sc.fiji.diffusion.command;

import ij.IJ;
import ij.plugin.PlugIn;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import sc.fiji.diffusion.form.CommandIcon;
import sc.fiji.diffusion.queue.JobQueue;
import sc.fiji.diffusion.queue.QueueWindow;

/** Plugins ▸ Diffusion ▸ Queue: the window that lists what is being made and what waits; without a display, the log. */
public final class QueuePlugIn implements PlugIn {

    @Override
    public void run(String argument) {
        if (GraphicsEnvironment.isHeadless()) {
            JobQueue.shared().jobs().forEach(job -> IJ.log(job.title() + " (" + job.status() + ")"));
        } else {
            EventQueue.invokeLater(() -> QueueWindow.show(CommandIcon.images("queue")));
        }
    }
}
