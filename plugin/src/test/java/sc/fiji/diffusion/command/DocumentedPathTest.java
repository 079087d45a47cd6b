package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Roi;
import ij.process.ImageProcessor;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import sc.fiji.diffusion.DocumentedText;

/** Who does what the pages show gets what they say. */
class DocumentedPathTest extends ImageJTest {

    private static final Pattern MACRO = Pattern.compile("(?ms)^```js\\R(.*?)^```");

    @Test
    void theMacroOfTheReadmeMakesAStackAndInpaintsNothingButTheSelection() throws Exception {
        String macro = macros("README.md").get(0);
        InstalledImageJ.run(macro.lines().findFirst().orElseThrow());
        ImagePlus before = WindowManager.getCurrentImage().duplicate();
        InstalledImageJ.closeEverything();
        InstalledImageJ.run(macro);
        ImagePlus after = WindowManager.getCurrentImage();
        assertEquals(3, after.getStackSize());
        Roi selection = after.getRoi();
        for (int slice = 1; slice <= 3; slice++) {
            ImageProcessor old = before.getStack().getProcessor(slice);
            ImageProcessor now = after.getStack().getProcessor(slice);
            int changed = 0;
            for (int y = 0; y < now.getHeight(); y++) {
                for (int x = 0; x < now.getWidth(); x++) {
                    if (selection.contains(x, y)) {
                        changed += now.get(x, y) == old.get(x, y) ? 0 : 1;
                    } else {
                        assertEquals(old.get(x, y), now.get(x, y), "slice " + slice + " at " + x + ", " + y);
                    }
                }
            }
            assertTrue(changed > 1000, "slice " + slice + ": changed " + changed);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyMacroOfThePagesRuns() throws IOException {
        return Stream.of("README.md", "docs/macros-and-scripts.md", "docs/fiji.md", "docs/provenance.md")
                .flatMap(page -> macros(page).stream()
                        .map(macro -> DynamicTest.dynamicTest(page + ": " + macro, () -> {
                            InstalledImageJ.closeEverything();
                            InstalledImageJ.run(macro);
                            assertNotNull(WindowManager.getCurrentImage());
                        })));
    }

    private static List<String> macros(String page) {
        return MACRO.matcher(DocumentedText.read(DocumentedText.ROOT.resolve(page)))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
