package sc.fiji.diffusion.preview;

import ij.IJ;
import ij.ImageJ;
import ij.Prefs;
import ij.macro.Interpreter;
import java.awt.BorderLayout;
import java.awt.Button;
import java.awt.EventQueue;
import java.awt.Frame;
import java.awt.GraphicsEnvironment;
import java.awt.Label;
import java.awt.Panel;
import java.awt.Point;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.Optional;
import sc.fiji.diffusion.engine.image.RgbImage;

/**
 * Shows one job: its picture as far as it has come, a line of progress, and a button that cancels it. Closing it does not
 * cancel: it is then not seen again for this job. May be called from any thread, and blocks none; what is shown too fast
 * for the event thread is left out.
 */
public final class PreviewWindow {

    /** Of the window, from one session to the next. */
    private static final String PLACE = "diffusion.preview.loc";

    private static final int GAP = 10;

    private volatile boolean cancelled;
    private volatile boolean closed;
    private volatile boolean opened;

    /** What is to be shown next; null if all is. */
    private volatile RgbImage picture;

    private volatile String line = "";
    private volatile Point place;

    /** Null until it is open, and when it is closed; changed by the event thread alone. */
    private volatile Frame frame;

    private PreviewCanvas canvas;
    private Label label;

    /** One for a job that begins; empty in batch mode, and where ImageJ has no window. */
    public static Optional<PreviewWindow> forJob() {
        boolean nobodyLooks = GraphicsEnvironment.isHeadless() || IJ.getInstance() == null || Interpreter.isBatchMode();
        return nobodyLooks ? Optional.empty() : Optional.of(new PreviewWindow());
    }

    /** Opens it, unless it is or was. */
    public void open() {
        if (!opened && !closed) {
            opened = true;
            EventQueue.invokeLater(this::build);
        }
    }

    /** Shows a picture, now or when it opens. */
    public void show(RgbImage newPicture) {
        boolean waiting = picture != null;
        picture = newPicture;
        if (!waiting && opened) {
            EventQueue.invokeLater(this::draw);
        }
    }

    /** Shows a line of progress, now or when it opens. */
    public void tell(String newLine) {
        line = newLine;
        if (opened) {
            EventQueue.invokeLater(this::draw);
        }
    }

    /** Whether its pictures are of use. */
    public boolean isWanted() {
        return !closed;
    }

    /** Whether its button was pressed. */
    public boolean isCancelled() {
        return cancelled;
    }

    /** Takes it from the screen. */
    public void close() {
        closed = true;
        EventQueue.invokeLater(this::dispose);
    }

    /** Where on the screen it is, or was at its end; empty if it did not open. */
    public Optional<Point> place() {
        Frame open = frame;
        return Optional.ofNullable(open == null ? place : open.getLocation());
    }

    private void build() {
        if (closed) {
            return;
        }
        frame = new Frame("Diffusion");
        // Whoever types or draws elsewhere goes on doing so.
        frame.setFocusableWindowState(false);
        canvas = new PreviewCanvas();
        label = new Label(line);
        Button cancel = new Button("Cancel");
        cancel.addActionListener(event -> {
            cancelled = true;
            cancel.setEnabled(false);
        });
        Panel bottom = new Panel(new BorderLayout(GAP, 0));
        bottom.add(label, BorderLayout.CENTER);
        bottom.add(cancel, BorderLayout.EAST);
        frame.add(canvas, BorderLayout.CENTER);
        frame.add(bottom, BorderLayout.SOUTH);
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent event) {
                close();
            }
        });
        frame.pack();
        frame.setLocation(Optional.ofNullable(Prefs.getLocation(PLACE)).orElseGet(PreviewWindow::belowImageJ));
        draw();
        frame.setVisible(true);
    }

    private static Point belowImageJ() {
        ImageJ imageJ = IJ.getInstance();
        return imageJ == null
                ? new Point(GAP, GAP)
                : new Point(imageJ.getX(), imageJ.getY() + imageJ.getHeight() + GAP);
    }

    private void draw() {
        if (frame == null) {
            return;
        }
        RgbImage next = picture;
        picture = null;
        if (next != null) {
            canvas.show(next);
        }
        if (!label.getText().equals(line)) {
            label.setText(line);
        }
    }

    private void dispose() {
        if (frame != null) {
            place = frame.getLocation();
            Prefs.saveLocation(PLACE, place);
            frame.dispose();
            frame = null;
        }
    }
}
