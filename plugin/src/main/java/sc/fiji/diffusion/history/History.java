package sc.fiji.diffusion.history;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.Prefs;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The history of this ImageJ, in the folder of its preferences, unless the user does not want one. */
public final class History {

    /** Width and height that small pictures have at most. */
    static final int THUMBNAIL = 96;

    /** Name of the folder beside ImageJ's preferences. */
    static final String FOLDER = "diffusion-history";

    private static final String KEEP = "diffusion.history.keep";
    private static final History SHARED = new History(new HistoryStore(Path.of(Prefs.getPrefsDir(), FOLDER)));

    private final HistoryStore store;

    /** What came of an entry, if ImageJ has it yet. */
    private final Map<String, WeakReference<ImagePlus>> images = new ConcurrentHashMap<>();

    History(HistoryStore store) {
        this.store = store;
    }

    public static History shared() {
        return SHARED;
    }

    public HistoryStore store() {
        return store;
    }

    public static boolean isKept() {
        return Prefs.get(KEEP, true);
    }

    public static void keep(boolean on) {
        Prefs.set(KEEP, on);
        Prefs.savePreferences();
    }

    /**
     * Keeps what a command was asked, and how the slice looks that the image shows. Nothing if the user wants no history.
     *
     * @throws IOException if it can't be written
     */
    public void add(String command, Map<String, String> values, ImagePlus made) throws IOException {
        if (isKept()) {
            String id = store.add(new HistoryEntry(Instant.now(), command, values), thumbnail(made));
            images.put(id, new WeakReference<>(made));
        }
    }

    /** What came of an entry, if it is open yet. */
    Optional<ImagePlus> openImage(String id) {
        return Optional.ofNullable(images.get(id)).map(WeakReference::get).filter(image -> image.getWindow() != null);
    }

    private static BufferedImage thumbnail(ImagePlus image) {
        BufferedImage shown = image instanceof CompositeImage
                ? image.getBufferedImage()
                : image.getProcessor().getBufferedImage();
        double scale = Math.min(1, (double) THUMBNAIL / Math.max(shown.getWidth(), shown.getHeight()));
        int width = (int) Math.max(1, Math.round(scale * shown.getWidth()));
        int height = (int) Math.max(1, Math.round(scale * shown.getHeight()));
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(shown, 0, 0, width, height, null);
        graphics.dispose();
        return small;
    }
}
