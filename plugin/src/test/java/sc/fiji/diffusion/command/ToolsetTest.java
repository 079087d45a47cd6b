package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.gui.GenericDialog;
import ij.gui.Toolbar;
import ij.plugin.MacroInstaller;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The buttons of the toolset in ImageJ's toolbar. */
class ToolsetTest extends ImageJTest {

    @BeforeEach
    void install() {
        new MacroInstaller().run(IJ.getDirectory("macros") + "toolsets/Diffusion.ijm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Text to Image", "Image to Image", "Inpaint Selection", "Expand Canvas", "Upscale"})
    void aButtonOpensTheDialogOfItsCommand(String command) throws Exception {
        IJ.createImage("data", "8-bit ramp", 64, 64, 1).show();
        IJ.getImage().setRoi(10, 10, 20, 20);
        Mouse.clickTool(command);
        GenericDialog dialog = InstalledImageJ.dialog();
        assertEquals(command, dialog.getTitle());
        InstalledImageJ.press(dialog.getButtons()[1]);
        InstalledImageJ.await("the end of the dialog", () -> GenericDialog.getInstance() == null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Image to Image", "Inpaint Selection", "Expand Canvas", "Upscale", "Show Generated Pixels"})
    void withoutAnImageAButtonSaysSo(String command) throws Exception {
        Mouse.clickTool(command);
        String message = InstalledImageJ.closedMessage();
        assertTrue(message.startsWith("image: expected ") && message.contains("found none"), message);
    }

    @Test
    void theBrushCanBeChosenByAMacro() throws Exception {
        InstalledImageJ.run("setTool('Inpaint Brush Tool');\n" + tell("IJ.getToolName()"));
        assertEquals("Inpaint Brush Tool", seen());
        assertEquals(Toolbar.CUSTOM1, Toolbar.getToolId());
    }
}
