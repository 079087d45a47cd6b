package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ImageJ saved as TIFF, on the command line: in a process of its own. */
class TiffOnCommandLineTest extends ImageJTest {

    private static String diffuse(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "sc.fiji.diffusion.engine.cli.Diffuse"));
        command.addAll(List.of(arguments));
        Path errors = folder.resolve("errors.txt");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said + Files.readString(errors));
        return said;
    }

    @Test
    void aSliceOfAStackIsToldAndMadeAgain() throws Exception {
        Path stack = folder.resolve("stack.tif");
        Path again = folder.resolve("again.png");
        InstalledImageJ.run(
                "run('Text to Image...', 'steps=4 seed=11 width=64 height=64 count=3 prompt=[many beads]');\n"
                        + "saveAs('tiff', '" + stack + "');\nclose();");
        String told = diffuse("provenance", stack.toString());
        assertTrue(told.contains("Slice 2 of 3\nSoftware: Diffusion for Fiji "), told);
        assertEquals(
                "the same to the bit\n",
                diffuse("replay", stack.toString(), "--slice", "2", "--output", again.toString()));
        ImagePlus saved = IJ.openImage(stack.toString());
        ImagePlus made = IJ.openImage(again.toString());
        assertArrayEquals((int[]) saved.getStack().getPixels(2), (int[])
                made.getProcessor().getPixels());
        assertTrue(diffuse("provenance", again.toString()).contains("\nSeed: 12\n"));
    }
}
