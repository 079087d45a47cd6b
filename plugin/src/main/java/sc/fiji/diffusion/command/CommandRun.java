package sc.fiji.diffusion.command;

import ij.IJ;
import ij.Macro;
import ij.macro.Interpreter;
import java.awt.EventQueue;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.form.FormInput;

/** Runs what a command does as users of ImageJ expect it: the windows stay alive, and errors are one sentence. */
final class CommandRun {

    private CommandRun() {}

    /** Blocks the calling thread, as macros need it; the event thread alone is never blocked. */
    static void run(String title, Runnable work) {
        if (EventQueue.isDispatchThread()) {
            new Thread(() -> guarded(title, work), title).start();
        } else {
            guarded(title, work);
        }
    }

    private static void guarded(String title, Runnable work) {
        try {
            work.run();
        } catch (CancelledException e) {
            // In this order: a macro that ends wipes the status line.
            endMacro();
            IJ.showStatus(title + ": " + e.getMessage());
        } catch (DiffusionException e) {
            IJ.error(title, e.getMessage());
        } catch (RuntimeException e) {
            if (Macro.MACRO_CANCELED.equals(e.getMessage())) {
                throw e;
            }
            IJ.handleException(e);
            IJ.error(title, "Expected no fault in the plugin, found " + e);
        } catch (NoClassDefFoundError e) {
            // ImageJ would say nothing at all.
            IJ.error(title, "Expected all jars of the plugin beside each other, found none with " + e.getMessage());
        }
    }

    /** Quietly, as after Esc; does nothing to a command from a menu. */
    private static void endMacro() {
        if (!FormInput.isMacro()) {
            return;
        }
        Interpreter interpreter = Interpreter.getInstance();
        if (interpreter != null) {
            interpreter.setIgnoreErrors(true);
            interpreter.abort(Macro.MACRO_CANCELED);
        }
        Macro.abort();
    }
}
