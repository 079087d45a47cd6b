package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.WindowManager;
import ij.text.TextWindow;
import java.awt.Window;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.image.PngFile;
import sc.fiji.diffusion.engine.image.PngText;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.metadata.PictureMetadata;
import sc.fiji.diffusion.provenance.SliceHash;

/** Show Provenance, Save with Provenance and Show Generated Pixels in macros, as ImageJ's own interpreter runs them. */
class ProvenanceMacroTest extends ImageJTest {

    private static final String BEADS =
            "run('Text to Image...', 'steps=2 seed=1 width=64 height=64 count=2 prompt=beads');\n";

    private static String shown(String macro, String title) throws Exception {
        InstalledImageJ.run(macro + "run('Show Provenance');\n");
        Window window = WindowManager.getWindow(title);
        String text = ((TextWindow) window).getTextPanel().getText();
        ((TextWindow) window).close(false);
        return text;
    }

    @Test
    void theSliceThatIsShownTellsHowItCameToBe() throws Exception {
        String text = shown(BEADS + "rename('a');\nsetSlice(2);\n", "Provenance of a, slice 2");
        assertTrue(text.contains("Seed: 2\n") && text.contains("Prompt: beads\n"), text);
        assertTrue(!text.contains("Changed since"), text);
        String changed = shown("run('Invert', 'slice');\n", "Provenance of a, slice 2");
        assertTrue(changed.startsWith("Changed since: "), changed);
    }

    @Test
    void aFileOfAnotherToolTellsToo() throws Exception {
        Path file = folder.resolve("w.png");
        PngFile.write(
                new RgbImage(8, 8, new float[192]),
                List.of(new PngText(
                        "parameters", "a cell\nSteps: 2, Sampler: Euler, CFG scale: 7, Seed: 1, Size: 64x64")),
                file);
        String text = shown("open('" + file + "');\n", "Provenance of w.png");
        assertTrue(text.startsWith("Generated: by AUTOMATIC1111 webui (not measured)\n"), text);
        assertTrue(text.contains("Prompt: a cell\n"), text);
    }

    @Test
    void aSavedPngHasItsPixelsAndTellsAllTools() throws Exception {
        Path file = folder.resolve("out.png");
        InstalledImageJ.run(BEADS + "setSlice(2);\nrun('Save with Provenance...', 'path=" + file + "');\nclose();\n"
                + "open('" + file + "');\n" + tell("getPixel(3, 4) + ';' + bitDepth()"));
        PictureMetadata metadata = PictureMetadata.read(file);
        assertEquals(2, metadata.history().last().seed());
        assertEquals(
                "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
                metadata.sourceType().orElseThrow());
        assertTrue(seen().endsWith(";24"), seen());
        assertTrue(
                !new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(folder.toString()),
                "no folder of the user's");
    }

    @Test
    void sixteenBitsStaySixteenAndAreMarkedAsComposite() throws Exception {
        Path file = folder.resolve("in.png");
        InstalledImageJ.run("newImage('data', '16-bit ramp', 60, 50, 1);\nmakeOval(12, 8, 31, 25);\n"
                + "run('Inpaint Selection...', 'steps=2 seed=1 prompt=cell');\n"
                + "run('Save with Provenance...', 'path=" + file + "');\nopen('" + file + "');\n" + tell("bitDepth()"));
        assertEquals("16", seen());
        assertEquals(SliceHash.of(WindowManager.getImage("data"), 1), SliceHash.of(WindowManager.getCurrentImage(), 1));
        assertTrue(PictureMetadata.read(file)
                .sourceType()
                .orElseThrow()
                .endsWith("/compositeWithTrainedAlgorithmicMedia"));
    }

    @Test
    void aJpegIsMarkedAsGeneratedAndOpens() throws Exception {
        Path file = folder.resolve("out.jpg");
        InstalledImageJ.run(BEADS + "run('Save with Provenance...', 'path=" + file + "');\nopen('" + file + "');\n"
                + tell("getTitle() + ';' + getWidth()"));
        assertEquals("out.jpg;64", seen());
        assertEquals(
                "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
                PictureMetadata.read(file).sourceType().orElseThrow());
        String text = shown("", "Provenance of out.jpg");
        assertTrue(text.startsWith("Digital source type: http://cv.iptc.org/"), text);
    }

    @Test
    void generatedPixelsAreKnownAfterSavingOfAppendedSlicesAndOfDuplicates() throws Exception {
        Path file = folder.resolve("stack.tif");
        InstalledImageJ.run(
                BEADS + "run('Text to Image...', 'steps=2 seed=1 width=64 height=64 append prompt=nuclei');\n"
                        + "saveAs('tiff', '" + file + "');\nclose();\nopen('" + file
                        + "');\nrun('Duplicate...', 'duplicate');\n"
                        + "run('Show Generated Pixels');\nsetSlice(3);\n"
                        + tell("nSlices + ';' + getPixel(0, 0) + ';' + getPixel(63, 63)"));
        assertEquals("3;255;255", seen());
    }
}
