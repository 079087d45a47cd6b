package sc.fiji.diffusion.models;

import ij.IJ;
import ij.plugin.frame.Recorder;

/** Writes what was done in the window into ImageJ's macro recorder. */
final class MacroLine {

    private static final String COMMAND = "Models...";

    private MacroLine() {}

    /** @param options of the command */
    static void record(String options) {
        if (IJ.recording()) {
            Recorder.record("run", COMMAND, options);
        }
    }

    /** A value as the macro's options have it. */
    static String value(String text) {
        String path = Recorder.fixString(Recorder.fixPath(text));
        return path.contains(" ") ? "[" + path + "]" : path;
    }
}
