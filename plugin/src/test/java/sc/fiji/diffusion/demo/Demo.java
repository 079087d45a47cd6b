package sc.fiji.diffusion.demo;

import ij.IJ;
import ij.ImageJ;
import java.awt.GraphicsEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import net.imagej.patcher.LegacyInjector;

/**
 * Runs a macro in ImageJ with the plugin installed: in ImageJ's window, or without a display to a file.
 *
 * <p>Arguments: the folder that the plugin is installed in, the macro, the prompt, and the file.
 */
final class Demo {

    private Demo() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty("plugins.dir", arguments[0]);
        String macro = Path.of(arguments[1]).toRealPath().toString();
        String prompt = arguments[2];
        Path output = Path.of(arguments[3]).toAbsolutePath();
        if (!GraphicsEnvironment.isHeadless()) {
            ImageJ.main(new String[] {"-port0", "-macro", macro, prompt});
            return;
        }
        // Before any class of ImageJ is loaded.
        LegacyInjector.preinit();
        Files.deleteIfExists(output);
        IJ.runMacroFile(macro, prompt + "\n" + output);
        System.out.println(Files.exists(output) ? output : "No image was made.");
        System.exit(Files.exists(output) ? 0 : 1);
    }
}
