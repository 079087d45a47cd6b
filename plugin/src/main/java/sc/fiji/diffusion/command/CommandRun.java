package sc.fiji.diffusion.command;

import ij.IJ;
import ij.Macro;
import ij.macro.Interpreter;
import java.awt.EventQueue;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.job.DiffusionJobs;
import sc.fiji.diffusion.macro.MacroThread;

/** Runs what a command does as users of ImageJ expect it: the windows stay alive, and errors are one sentence. */
final class CommandRun {

    private CommandRun() {}

    /** As {@link #run}, for what will need the engine: it gets ready while the user fills in a dialog. */
    static void generate(String title, Runnable work) {
        DiffusionJobs.shared().tellNotices(IJ::log);
        DiffusionJobs.shared().prepare();
        run(title, work);
    }

    /** Blocks the calling thread, as macros need it; the event thread alone is never blocked. */
    static void run(String title, Runnable work) {
        if (EventQueue.isDispatchThread()) {
            start(title, work);
        } else {
            guarded(title, work);
        }
    }

    /** On a thread of its own; errors are told as by {@link #run}. */
    static void start(String title, Runnable work) {
        Thread thread = new Thread(() -> guarded(title, work), title);
        thread.setUncaughtExceptionHandler((failed, error) -> IJ.handleException(error));
        thread.start();
    }

    private static void guarded(String title, Runnable work) {
        try {
            work.run();
        } catch (CancelledException e) {
            cancelled(title + ": " + e.getMessage());
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

    /** A macro ends quietly, as after Esc, and wipes the status line when it does: so what it got done is logged. */
    private static void cancelled(String message) {
        if (!MacroThread.isMacro()) {
            IJ.showStatus(message);
            return;
        }
        if (!MacroThread.isTool()) {
            IJ.log(message);
        }
        endMacro();
    }

    private static void endMacro() {
        Interpreter interpreter = Interpreter.getInstance();
        if (interpreter != null) {
            interpreter.setIgnoreErrors(true);
            interpreter.abort(Macro.MACRO_CANCELED);
        }
        Macro.abort();
    }
}
