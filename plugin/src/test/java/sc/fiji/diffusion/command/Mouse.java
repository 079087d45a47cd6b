package sc.fiji.diffusion.command;

import ij.ImagePlus;
import ij.gui.ImageCanvas;
import ij.gui.Toolbar;
import java.awt.Component;
import java.awt.EventQueue;
import java.awt.Point;
import java.awt.event.InputEvent;
import java.awt.event.MouseEvent;

/** The left button of a mouse, by the events that AWT gives to components. */
final class Mouse {

    /** Where ImageJ draws the first tool of a toolset in its toolbar, and how wide the buttons are. */
    private static final int FIRST_TOOL_X = 12 * 30 + 9;

    private static final int BUTTON_WIDTH = 30;

    private Mouse() {}

    /** Clicks on a tool of the toolset that is installed. */
    static void clickTool(String name) throws Exception {
        Toolbar toolbar = Toolbar.getInstance();
        int x = FIRST_TOOL_X + (toolbar.getToolId(name) - Toolbar.CUSTOM1) * BUTTON_WIDTH + BUTTON_WIDTH / 2;
        send(toolbar, MouseEvent.MOUSE_PRESSED, x, BUTTON_WIDTH / 2);
        send(toolbar, MouseEvent.MOUSE_RELEASED, x, BUTTON_WIDTH / 2);
    }

    /** Presses on the first pixel, drags over the others, and releases on the last one. */
    static void stroke(ImagePlus image, Point... pixels) throws Exception {
        at(image, MouseEvent.MOUSE_PRESSED, pixels[0]);
        awaitPainted(image, pixels[0]);
        for (int i = 1; i < pixels.length; i++) {
            at(image, MouseEvent.MOUSE_DRAGGED, pixels[i]);
            awaitPainted(image, pixels[i]);
        }
        at(image, MouseEvent.MOUSE_RELEASED, pixels[pixels.length - 1]);
    }

    private static void awaitPainted(ImagePlus image, Point pixel) {
        InstalledImageJ.await(
                "paint on " + pixel,
                () -> image.getRoi() != null && image.getRoi().contains(pixel.x, pixel.y));
    }

    /** In the middle of a pixel of the image, however it is zoomed. */
    static void at(ImagePlus image, int event, Point pixel) throws Exception {
        ImageCanvas canvas = image.getCanvas();
        int half = (int) (canvas.getMagnification() / 2);
        send(canvas, event, canvas.screenX(pixel.x) + half, canvas.screenY(pixel.y) + half);
    }

    private static void send(Component component, int event, int x, int y) throws Exception {
        int modifiers = event == MouseEvent.MOUSE_RELEASED ? 0 : InputEvent.BUTTON1_DOWN_MASK;
        EventQueue.invokeAndWait(() -> component.dispatchEvent(new MouseEvent(
                component, event, System.currentTimeMillis(), modifiers, x, y, 1, false, MouseEvent.BUTTON1)));
    }
}
