package sc.fiji.diffusion.progress;

import ij.IJ;
import ij.ImageJ;
import java.util.concurrent.atomic.AtomicReference;
import javax.swing.Timer;

/**
 * A last word in ImageJ's status line. ImageJ wipes the line when the mouse leaves a picture, and it leaves one without
 * moving when the window of a new picture opens above it: a moment after the word was written.
 */
public final class LastingStatus {

    private static final int MILLIS = 100;
    private static final int TIMES = 30;

    private static final AtomicReference<LastingStatus> LAST = new AtomicReference<>();

    private final QuitWatch imageJ = new QuitWatch();
    private final String text;
    private final Timer timer = new Timer(MILLIS, tick -> again());
    private int times;

    private LastingStatus(String text) {
        this.text = text;
    }

    /** Shows a text, and for three seconds again where it was wiped, until another takes its place. From any thread. */
    public static void show(String text) {
        IJ.showStatus(text);
        if (IJ.getInstance() != null) {
            LastingStatus status = new LastingStatus(text);
            LAST.set(status);
            status.timer.start();
        }
    }

    private void again() {
        times++;
        String shown = ImageJ.getStatusBarText();
        boolean isOver = times == TIMES || LAST.get() != this || imageJ.hasQuit();
        if (isOver || !(shown.isEmpty() || shown.equals(text))) {
            timer.stop();
        } else if (shown.isEmpty()) {
            IJ.showStatus(text);
        }
    }
}
