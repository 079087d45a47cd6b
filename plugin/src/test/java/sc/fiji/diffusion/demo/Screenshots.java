package sc.fiji.diffusion.demo;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.gui.OvalRoi;
import ij.plugin.MacroInstaller;
import java.awt.Button;
import java.awt.EventQueue;
import java.awt.Frame;
import java.awt.Graphics;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.TextField;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.swing.JFrame;
import sc.fiji.diffusion.command.AwaitedDialog;
import sc.fiji.diffusion.engine.device.NativePack;
import sc.fiji.diffusion.engine.hub.HuggingFaceCache;
import sc.fiji.diffusion.queue.JobQueue;

/**
 * Makes the README's pictures of the commands: the dialogs as they are, an image before and after, and the toolset in the
 * toolbar. Needs a display.
 *
 * <p>Arguments: the folder that the plugin is installed in, and the folder to write to.
 */
final class Screenshots {

    /** Where a window is put for its picture: what AWT believes of its place may be late. */
    private static final Point PLACE = new Point(40, 40);

    private static final int SETTLE_MILLIS = 700;

    private final Path folder;
    private final Robot robot;

    private Screenshots(Path folder) throws Exception {
        this.folder = folder;
        this.robot = new Robot();
    }

    public static void main(String[] arguments) throws Exception {
        System.setProperty("plugins.dir", arguments[0]);
        // Nobody's own preferences and history are read or written.
        System.setProperty("user.home", Files.createTempDirectory("screenshots").toString());
        // As in ImageJ's folder, so that a picture does not show one of this machine's.
        System.setProperty(NativePack.GPU_PROPERTY, "jars/diffusion-gpu");
        ImageJ imageJ = new ImageJ();
        new Screenshots(Path.of(arguments[1])).take(imageJ);
        imageJ.quit();
        System.exit(0);
    }

    private void take(ImageJ imageJ) throws Exception {
        IJ.run("Text to Image...", "seed=1 prompt=[many green nuclei on a dark background]");
        ImagePlus image = WindowManager.getCurrentImage();
        IJ.run("Set... ", "zoom=300");
        image.setRoi(new OvalRoi(38, 40, 52, 46));
        BufferedImage before = capture(image.getWindow());
        IJ.run("Inpaint Selection...", "seed=3 prompt=[many magenta bacteria on a dark background]");
        BufferedImage after = capture(image.getWindow());
        write(beside(before, after), "inpainted.png");
        toolbar(imageJ);
        windows();
        preview();
        // Last, because a dialog that is cancelled ends what runs commands.
        dialog("Inpaint Selection...", "inpaint-selection.png");
        image.deleteRoi();
        dialog("Text to Image...", "text-to-image.png");
        dialog("Variations...", "variations.png");
        dialog("Interpolate...", "interpolate.png");
        dialog("Image to Image...", "image-to-image.png");
        dialog("Expand Canvas...", "expand-canvas.png");
        dialog("Upscale...", "upscale.png");
        dialog("Watermark...", "watermark.png");
        dialog("Device...", "device.png");
        dialog("Replay...", "replay.png");
        models();
        image.changes = false;
        image.close();
    }

    private void toolbar(ImageJ imageJ) throws Exception {
        new MacroInstaller().run(IJ.getDirectory("macros") + "toolsets/Diffusion.ijm");
        IJ.setTool("Inpaint Brush Tool");
        IJ.showStatus("Inpaint Brush: 20 pixels wide, double click to change it");
        write(capture(imageJ), "toolbar.png");
    }

    /** Of a machine that has none but the one that is built in. */
    private void models() throws Exception {
        System.setProperty(HuggingFaceCache.PROPERTY, "none");
        IJ.doCommand("Models...");
        Window window = null;
        while (window == null) {
            IJ.wait(50);
            window = Stream.of(Window.getWindows())
                    .filter(shown -> shown instanceof JFrame frame
                            && frame.isShowing()
                            && frame.getTitle().equals("Models"))
                    .findFirst()
                    .orElse(null);
        }
        IJ.wait(SETTLE_MILLIS);
        write(capture(window), "models.png");
        window.dispose();
    }

    /** With jobs that people started: the first runs, and two wait. */
    private void windows() throws Exception {
        String[] prompts = {"many magenta bacteria on a light background", "many cyan nuclei", "a few yellow neurons"};
        for (int i = 0; i < prompts.length; i++) {
            IJ.doCommand("Text to Image...");
            GenericDialog dialog = shown();
            type(dialog.getStringFields(), 0, prompts[i]);
            // So that the first still runs when the last is there.
            type(dialog.getNumericFields(), 2, i == 0 ? "250" : "25");
            press(dialog, 0);
        }
        while (JobQueue.shared().size() < 3) {
            IJ.wait(20);
        }
        // The first is on its way by now.
        IJ.wait(SETTLE_MILLIS);
        write(capture(frame("Diffusion Queue")), "queue.png");
        while (JobQueue.shared().size() > 0) {
            IJ.wait(50);
        }
        IJ.wait(SETTLE_MILLIS);
        IJ.run("History");
        write(capture(frame("Diffusion History")), "history.png");
        frame("Diffusion Queue").dispose();
        frame("Diffusion History").dispose();
    }

    private static void type(List<?> fields, int index, String text) throws Exception {
        EventQueue.invokeAndWait(() -> ((TextField) fields.get(index)).setText(text));
        IJ.wait(SETTLE_MILLIS);
    }

    private static Frame frame(String title) {
        while (true) {
            for (Frame frame : Frame.getFrames()) {
                if (frame.isShowing() && frame.getTitle().equals(title)) {
                    return frame;
                }
            }
            IJ.wait(50);
        }
    }

    /** Of a job in the midst of its steps, which is then cancelled. */
    private void preview() throws Exception {
        Thread job = new Thread(Screenshots::longJob, "Run$_preview");
        job.start();
        Frame window = frame("Diffusion");
        while (!ImageJ.getStatusBarText().matches("Denoising: (2[5-9]|3[0-4])[0-9] of .*")) {
            IJ.wait(20);
        }
        write(capture(window), "preview.png");
        IJ.setKeyDown(KeyEvent.VK_ESCAPE);
        job.join();
    }

    private static void longJob() {
        try {
            IJ.run("Text to Image...", "steps=400 seed=1 prompt=[many magenta bacteria on a light background]");
        } catch (RuntimeException e) {
            // As macros end that are cancelled.
        }
    }

    private static GenericDialog shown() {
        GenericDialog dialog = null;
        while (dialog == null || !AwaitedDialog.is(dialog)) {
            IJ.wait(50);
            dialog = GenericDialog.getInstance();
        }
        return dialog;
    }

    private static void press(GenericDialog dialog, int index) throws Exception {
        Button button = dialog.getButtons()[index];
        EventQueue.invokeAndWait(
                () -> button.dispatchEvent(new ActionEvent(button, ActionEvent.ACTION_PERFORMED, button.getLabel())));
        while (GenericDialog.getInstance() != null) {
            IJ.wait(50);
        }
    }

    private void dialog(String command, String file) throws Exception {
        IJ.doCommand(command);
        GenericDialog dialog = shown();
        write(capture(dialog), file);
        press(dialog, 1);
    }

    /** What the screen shows of a window. */
    private BufferedImage capture(Window window) throws Exception {
        EventQueue.invokeAndWait(() -> {
            window.setLocation(PLACE);
            window.toFront();
            window.repaint();
        });
        IJ.wait(SETTLE_MILLIS);
        return robot.createScreenCapture(new Rectangle(PLACE, window.getSize()));
    }

    private static BufferedImage beside(BufferedImage left, BufferedImage right) {
        int gap = 8;
        BufferedImage both = new BufferedImage(
                left.getWidth() + gap + right.getWidth(),
                Math.max(left.getHeight(), right.getHeight()),
                BufferedImage.TYPE_INT_RGB);
        Graphics graphics = both.getGraphics();
        graphics.drawImage(left, 0, 0, null);
        graphics.drawImage(right, left.getWidth() + gap, 0, null);
        graphics.dispose();
        return both;
    }

    private void write(BufferedImage picture, String file) throws IOException {
        ImageIO.write(picture, "png", folder.resolve(file).toFile());
    }
}
