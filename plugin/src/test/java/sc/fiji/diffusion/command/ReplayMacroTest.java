package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.altered.AlteredPixels;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.tensor.Tensor;
import sc.fiji.diffusion.provenance.SliceHash;

/** From generate to save, close, open and replay, as ImageJ's own interpreter does it: equal to the bit. */
class ReplayMacroTest extends ImageJTest {

    private static final String SAME = "the same to the bit";
    private static final String SHORT = "steps=4 seed=11 ";
    private static final String VERDICT = tell("Property.get('Diffusion replay')");

    private static Path file(String name) {
        return folder.resolve(name);
    }

    private static String savedClosedOpened(String name) {
        return "saveAs('tiff', '" + file(name) + "');\nclose();\nopen('" + file(name) + "');\n";
    }

    private static String source(String type) {
        return "newImage('source', '" + type + "', 60, 50, " + (type.contains("composite") ? "2, 1, 1" : "1") + ");\n"
                + (type.startsWith("RGB") ? "" : "run('Add Noise');\nresetMinAndMax();\n") + "rename('source');\n"
                + "saveAs('tiff', '" + file("source.tif") + "');\n";
    }

    /** The replay is the active image; what it was made again of has this title. */
    private static void assertSameAs(String title, int slice) {
        assertEquals(SAME, seen());
        ImagePlus replay = WindowManager.getCurrentImage();
        ImagePlus original = WindowManager.getImage(title);
        assertNotEquals(original, replay);
        assertEquals(SliceHash.of(original, slice), SliceHash.of(replay, 1));
        assertEquals(original.getType(), replay.getType());
        assertEquals(
                AlteredPixels.of(original).mask(slice).orElseThrow(),
                AlteredPixels.of(replay).mask(1).orElseThrow());
    }

    @Test
    void aPictureFromWordsIsTheSame() throws Exception {
        InstalledImageJ.run("run('Text to Image...', '" + SHORT + "width=64 height=96 scheduler=euler_a"
                + " negative=blue prompt=[many (red:1.2) beads]');\n" + savedClosedOpened("text.tif")
                + "run('Replay...');\n" + VERDICT);
        assertSameAs("text.tif", 1);
    }

    @Test
    void eachOfABatchAndOfSlicesThatWereAppendedIsTheSame() throws Exception {
        InstalledImageJ.run("run('Text to Image...', '" + SHORT + "width=64 height=64 count=3 prompt=beads');\n"
                + "run('Text to Image...', 'steps=2 seed=5 width=64 height=64 append prompt=nuclei');\n"
                + "run('Reverse');\n" + savedClosedOpened("batch.tif")
                + "setSlice(2);\nrun('Replay...');\n" + VERDICT);
        assertSameAs("batch.tif", 2);
        assertTrue(WindowManager.getCurrentImage().getInfoProperty().contains("Seed: 13\n"));
        InstalledImageJ.run("close();\nselectImage('batch.tif');\nsetSlice(1);\nrun('Replay...');\n" + VERDICT);
        assertSameAs("batch.tif", 1);
        assertTrue(WindowManager.getCurrentImage().getInfoProperty().contains("Prompt: nuclei\n"));
    }

    @Test
    void variationsAndFramesBetweenPromptsAreTheSame() throws Exception {
        InstalledImageJ.run("run('Text to Image...', '" + SHORT + "width=64 height=64 prompt=beads');\n"
                + "run('Variations...', 'strength=0.3 count=3 variationseed=4');\n"
                + savedClosedOpened("variations.tif")
                + "setSlice(2);\nrun('Replay...');\n" + VERDICT);
        assertSameAs("variations.tif", 2);
        InstalledImageJ.run("run('Interpolate...', 'steps=3 width=64 height=64 frames=3 seeds=1,2"
                + " prompt=[beads | nuclei]');\n" + savedClosedOpened("walk.tif")
                + "setSlice(2);\nrun('Replay...');\n" + VERDICT);
        assertSameAs("walk.tif", 2);
    }

    @Test
    void aMarkedPictureIsMarkedAgainAndAnUnmarkedOneIsNot() throws Exception {
        InstalledImageJ.run("run('Text to Image...', '" + SHORT + "prompt=beads');\nrun('Replay...');\n" + VERDICT);
        assertEquals(SAME, seen());
        assertTrue(WindowManager.getCurrentImage().getInfoProperty().contains("Watermark: invisible"));
        InstalledImageJ.run("run('Watermark...', 'watermark=off');\nrun('Text to Image...', '" + SHORT
                + "prompt=beads');\n" + "run('Watermark...', 'watermark=on');\nrun('Replay...');\n" + VERDICT);
        assertEquals(SAME, seen());
        assertTrue(!WindowManager.getCurrentImage().getInfoProperty().contains("Watermark: invisible"));
    }

    @Test
    void aLoraOfThePromptIsUsedAgainAndMissedIfItIsGone() throws Exception {
        Checkpoint checkpoint = Checkpoint.open(Models.locate(Models.EMBEDDED));
        Path folder = Files.createDirectories(checkpoint.path().resolveSibling("lora"));
        Path lora = folder.resolve("ink.safetensors");
        String layer = "mid_block.attentions.0.transformer_blocks.0.attn2.to_k";
        List<Integer> shape = checkpoint.unet().weights().get(layer + ".weight").shape();
        String key = "lora_unet_" + layer.replace('.', '_');
        Map<String, Tensor> tensors = Map.of(
                key + ".lora_up.weight", wave(shape.get(0), 1), key + ".lora_down.weight", wave(1, shape.get(1)));
        SafetensorsWriter.write(lora, tensors, Map.of());
        try {
            InstalledImageJ.run("run('Text to Image...', '" + SHORT
                    + "width=64 height=64 prompt=[beads <lora:ink:0.5>]');\n" + savedClosedOpened("lora.tif")
                    + "run('Replay...');\n" + VERDICT);
            assertSameAs("lora.tif", 1);
            SafetensorsWriter.write(
                    lora,
                    Map.of(
                            key + ".lora_up.weight",
                            wave(shape.get(0), 1),
                            key + ".lora_down.weight",
                            wave(1, shape.get(1)),
                            key + ".alpha",
                            Tensor.of(new float[] {0.5f})),
                    Map.of());
            InstalledImageJ.run("close();\nselectImage('lora.tif');\nrun('Replay...');\n" + VERDICT);
            assertTrue(
                    seen().startsWith(
                                    "not the same: LoRAs and textual inversions: was ink at 0.5 and 0.5 with SHA-256 "),
                    seen());
        } finally {
            Files.delete(lora);
        }
        String message = refusal("selectImage('lora.tif');\n");
        assertTrue(message.startsWith("prompt: expected a LoRA named ink in "), message);
    }

    private static Tensor wave(int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i);
        }
        return Tensor.of(values, rows, columns);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8-bit ramp", "16-bit ramp", "32-bit ramp", "RGB ramp"})
    void whatWasInpaintedInPlaceIsTheSameInEveryType(String type) throws Exception {
        InstalledImageJ.run(source(type) + "makeOval(12, 8, 31, 25);\n"
                + "run('Inpaint Selection...', '" + SHORT + "prompt=[a bright cell]');\nrename('made');\n"
                + savedClosedOpened("made.tif") + "open('" + file("source.tif") + "');\nrename('another name');\n"
                + "selectImage('made.tif');\nrun('Replay...');\n" + VERDICT);
        assertSameAs("made.tif", 1);
        assertEquals("Replay of made.tif", WindowManager.getCurrentImage().getTitle());
    }

    @Test
    void aCompositesChannelsAreTheSameTogether() throws Exception {
        InstalledImageJ.run(source("16-bit composite-mode") + "makeRectangle(10, 8, 30, 24);\n"
                + "run('Inpaint Selection...', '" + SHORT + "prompt=[a bright cell]');\n"
                + savedClosedOpened("made.tif") + "open('" + file("source.tif") + "');\nselectImage('made.tif');\n"
                + "run('Replay...');\n" + VERDICT);
        assertSameAs("made.tif", 1);
        assertEquals(
                SliceHash.of(WindowManager.getImage("made.tif"), 2), SliceHash.of(WindowManager.getCurrentImage(), 2));
    }

    @Test
    void ofAStackTheSliceIsFoundWhereverItIsNow() throws Exception {
        InstalledImageJ.run("newImage('source', '8-bit ramp', 60, 50, 3);\nrun('Add Noise', 'stack');\n"
                + "saveAs('tiff', '" + file("source.tif") + "');\nsetSlice(3);\nmakeOval(12, 8, 31, 25);\n"
                + "run('Inpaint Selection...', '" + SHORT + "slices=all vary prompt=[a bright cell]');\n"
                + "run('Reverse');\n" + savedClosedOpened("made.tif")
                + "open('" + file("source.tif") + "');\nsetSlice(1);\nrun('Delete Slice');\nselectImage('made.tif');\n"
                + "setSlice(1);\nrun('Replay...');\n" + VERDICT);
        assertSameAs("made.tif", 1);
    }

    @Test
    void aWholeHistoryIsMadeAgainFromItsWords() throws Exception {
        InstalledImageJ.run("run('Text to Image...', '" + SHORT + "width=64 height=64 prompt=beads');\n"
                + "makeOval(12, 8, 31, 25);\nrun('Inpaint Selection...', '" + SHORT + "prompt=[a cell]');\n"
                + "makeRectangle(30, 30, 20, 20);\nrun('Inpaint Selection...', '" + SHORT + "prompt=[a dark one]');\n"
                + "run('Select None');\n" + savedClosedOpened("history.tif") + "run('Replay...');\n" + VERDICT);
        assertSameAs("history.tif", 1);
        String info = WindowManager.getCurrentImage().getInfoProperty();
        assertTrue(info.indexOf("Prompt: beads") < info.indexOf("Prompt: a dark one"), info);
    }

    @ParameterizedTest
    @CsvSource({"new, RGB ramp", "new, 16-bit ramp", "replace, 16-bit ramp", "append, 8-bit ramp"})
    void imageToImageOfARectangleIsTheSame(String output, String type) throws Exception {
        InstalledImageJ.run(source(type) + "makeRectangle(10, 8, 40, 32);\n"
                + "run('Image to Image...', '" + SHORT + "strength=0.6 output=" + output + " prompt=[a cell]');\n"
                + savedClosedOpened("made.tif") + "setSlice(nSlices);\n"
                + (output.equals("append") ? "" : "open('" + file("source.tif") + "');\nselectImage('made.tif');\n")
                + "run('Replay...');\n" + VERDICT);
        assertSameAs("made.tif", output.equals("append") ? 2 : 1);
    }

    @ParameterizedTest
    @CsvSource({
        "'Upscale...', 'scale=1.5 strength=0.5', 16-bit ramp",
        "'Upscale...', 'scale=1.5 strength=0.5', RGB ramp",
        "'Expand Canvas...', 'left=5 top=10 right=12', 32-bit ramp"
    })
    void aLargerImageIsTheSame(String command, String options, String type) throws Exception {
        InstalledImageJ.run(source(type) + "run('" + command + "', '" + SHORT + options + " prompt=[a cell]');\n"
                + savedClosedOpened("larger.tif") + "run('Replay...');\n" + VERDICT);
        assertSameAs("larger.tif", 1);
    }

    @Test
    void aPngFileTellsItToo() throws Exception {
        InstalledImageJ.run("run('Text to Image...', '" + SHORT + "width=64 height=64 prompt=[beads, µ]');\n"
                + "run('Save with Provenance...', 'save=[" + file("a.png") + "]');\nclose();\n"
                + "open('" + file("a.png") + "');\nrun('Replay...');\n" + VERDICT);
        assertEquals(SAME, seen());
        assertEquals(
                SliceHash.of(WindowManager.getImage("a.png"), 1), SliceHash.of(WindowManager.getCurrentImage(), 1));
    }

    @Test
    void whatWasChangedSinceIsMadeAsItWas() throws Exception {
        InstalledImageJ.run("run('Text to Image...', '" + SHORT + "width=64 height=64 prompt=beads');\n"
                + "run('Invert');\nrun('Replay...');\n" + VERDICT);
        assertEquals(SAME, seen());
    }

    @Test
    void anotherModelIsSaid() throws Exception {
        InstalledImageJ.run("run('Device...', 'device=cpu precision=int8');\n"
                + "run('Text to Image...', '" + SHORT + "width=64 height=64 prompt=beads');\n"
                + "run('Device...', 'device=auto precision=auto');\nrun('Replay...', 'model=micrograph');\n" + VERDICT);
        assertEquals(SAME, seen(), "in the numbers that it was made in");
    }

    @Test
    void withoutItsSourceOneSentenceSaysWhatToOpen() throws Exception {
        InstalledImageJ.run(source("8-bit ramp") + "makeOval(12, 8, 31, 25);\n"
                + "run('Inpaint Selection...', '" + SHORT + "prompt=[a bright cell]');\n"
                + savedClosedOpened("made.tif"));
        String message = refusal("");
        assertTrue(
                message.startsWith("image: expected an open image with the pixels that it was made of, slice 1 of"
                        + " source.tif (60x50), found none; open it"),
                message);
    }

    @Test
    void whatWasMeasuredCannotBeReplayed() throws Exception {
        String message = refusal("newImage('measured', '8-bit ramp', 8, 8, 1);\n");
        assertTrue(
                message.startsWith("image: expected a picture that tells how it was generated, found nothing of that in"
                        + " measured"),
                message);
    }

    private static String refusal(String macro) throws Exception {
        forgetSeen();
        Thread running = InstalledImageJ.start(macro + "run('Replay...');\n" + tell("'went on'"));
        GenericDialog dialog = InstalledImageJ.dialog();
        String text = InstalledImageJ.textOf(dialog);
        InstalledImageJ.press(dialog.getButtons()[0]);
        running.join(10_000);
        assertNull(seen());
        return text;
    }
}
