package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.Menus;
import ij.Prefs;
import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;
import java.awt.Button;
import java.awt.Choice;
import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.TextArea;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.device.ChosenDevice;
import sc.fiji.diffusion.device.ChosenExecution;
import sc.fiji.diffusion.engine.device.DeviceChoice;
import sc.fiji.diffusion.engine.device.Devices;
import sc.fiji.diffusion.engine.device.NativePack;
import sc.fiji.diffusion.engine.graph.Precision;
import sc.fiji.diffusion.engine.runtime.Device;
import sc.fiji.diffusion.form.Form;

/** The command Device in macros, and as people use it. */
class DeviceMacroTest extends ImageJTest {

    @AfterEach
    void chooseNothing() {
        ChosenDevice.set(DeviceChoice.AUTOMATIC);
        ChosenExecution.setPrecision(Optional.empty());
    }

    @Test
    void aPrecisionIsKeptAndUsedAndNamedInTheInfo() throws Exception {
        InstalledImageJ.run("run('Device...', 'device=auto precision=int8');\n"
                + "run('Text to Image...', 'width=64 height=64 steps=2 seed=1 prompt=[many beads]');\n"
                + tell("getMetadata('Info')"));
        assertTrue(seen().contains("Device: CPU, int8"), seen());
        assertEquals(Optional.of(Precision.INT8), ChosenExecution.get().precision());
    }

    @Test
    void aPrecisionThatTheDeviceLacksIsRefused() throws Exception {
        String sentence = refusal("device=cpu precision=float16");
        assertTrue(sentence.contains("precision: expected float32 or int8 on the CPU"), sentence);
        assertEquals(Optional.empty(), ChosenExecution.get().precision());
    }

    @Test
    void theKeysNeverChange() {
        Form form = DeviceForm.form(Devices.here());
        assertEquals("Device...", form.command());
        assertEquals(List.of("device", "precision", "install"), form.keys());
        assertEquals("diffusion.device.device", "diffusion." + form.name() + ".device");
        for (String key : form.keys()) {
            assertTrue(HelpPage.html("device.html").contains("<tt>" + key + "</tt>"), key);
        }
    }

    @Test
    void theCommandIsInTheMenu() {
        assertEquals(DevicePlugIn.class.getName(), Menus.getCommands().get("Device..."));
    }

    @Test
    void withoutAChoiceItIsAutomatic() {
        assertEquals(DeviceChoice.AUTOMATIC, ChosenDevice.get());
        Prefs.set("diffusion.device.device", "abacus");
        assertEquals(DeviceChoice.AUTOMATIC, ChosenDevice.get());
    }

    @Test
    void aMacroChoosesADeviceAndItIsKept() throws Exception {
        InstalledImageJ.run("run('Device...', 'device=cpu');\n" + tell("'went on'"));
        assertEquals("went on", seen());
        assertEquals(DeviceChoice.of(Device.CPU), ChosenDevice.get());
        assertEquals("cpu", Prefs.get("diffusion.device.device", ""));
    }

    @Test
    void aDeviceWithoutItsLibrariesIsRefusedAndTheChoiceBeforeStays() throws Exception {
        ChosenDevice.set(DeviceChoice.of(Device.CPU));
        String before = System.getProperty(NativePack.GPU_PROPERTY);
        System.setProperty(NativePack.GPU_PROPERTY, folder.resolve("none").toString());
        try {
            String sentence = refusal("device=webgpu");
            assertTrue(sentence.contains("webgpu: expected the libraries for GPUs in "), sentence);
        } finally {
            if (before == null) {
                System.clearProperty(NativePack.GPU_PROPERTY);
            } else {
                System.setProperty(NativePack.GPU_PROPERTY, before);
            }
        }
        assertEquals(DeviceChoice.of(Device.CPU), ChosenDevice.get());
    }

    @Test
    void aDeviceThatIsNoneIsRefusedWithTheOnesThereAre() throws Exception {
        String sentence = refusal("device=abacus");
        assertTrue(sentence.contains("device: expected one of auto, cpu, webgpu"), sentence);
    }

    @Test
    void theDialogOpensThoughTheChosenDeviceIsGone() throws Exception {
        Prefs.set("diffusion.device.device", "cuda:7");
        IJ.doCommand("Device...");
        GenericDialog dialog = InstalledImageJ.dialog();
        assertTrue(((Choice) dialog.getChoices().get(0)).getSelectedItem().startsWith("Automatic"));
        InstalledImageJ.press(dialog.getButtons()[1]);
        InstalledImageJ.await("the end of the dialog", () -> GenericDialog.getInstance() == null);
        assertEquals("cuda:7", Prefs.get("diffusion.device.device", ""), "cancelled");
    }

    @Test
    void aPersonSeesWhatIsHereMeasuresItAndIsRecorded() throws Exception {
        Recorder recorder = new Recorder();
        IJ.doCommand("Device...");
        GenericDialog dialog = InstalledImageJ.dialog();
        TextArea text = all(dialog, TextArea.class).get(0);
        assertTrue(text.getText().startsWith("CPU: "), text.getText());
        InstalledImageJ.press(all(dialog, Button.class).stream()
                .filter(button -> button.getLabel().equals("Test speed"))
                .findFirst()
                .orElseThrow());
        InstalledImageJ.await("a measured speed", () -> text.getText().matches("(?s)CPU: [0-9.,]+ GFLOP/s\n.*"));
        EventQueue.invokeAndWait(() -> ((Choice) dialog.getChoices().get(0)).select("CPU"));
        InstalledImageJ.press(dialog.getButtons()[0]);
        InstalledImageJ.awaitStatus("Device: cpu, ");
        assertEquals(DeviceChoice.of(Device.CPU), ChosenDevice.get());
        InstalledImageJ.await("a recorded line", () -> recorder.getText().contains("Device..."));
        assertEquals(
                "run(\"Device...\", \"device=cpu precision=auto\");",
                recorder.getText().lines().findFirst().orElse(""));
        recorder.close();
    }

    private static String refusal(String options) throws Exception {
        Thread macro = InstalledImageJ.start("run('Device...', '" + options + "');\n" + tell("'went on'"));
        GenericDialog dialog = InstalledImageJ.dialog();
        String text = InstalledImageJ.textOf(dialog);
        InstalledImageJ.press(dialog.getButtons()[0]);
        macro.join(10_000);
        assertNull(seen());
        return text;
    }

    private static <T> List<T> all(Container container, Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Component component : container.getComponents()) {
            if (type.isInstance(component)) {
                found.add(type.cast(component));
            } else if (component instanceof Container inner) {
                found.addAll(all(inner, type));
            }
        }
        return found;
    }
}
