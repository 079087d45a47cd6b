package sc.fiji.diffusion.engine.worker;

import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.util.Map;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;

/**
 * Previews on their way through the window, in which nothing else lies while a job runs: 8 bits a channel, in one of two
 * places by turns, so that one can be read while the next is written.
 */
final class PreviewSlots {

    private static final String SLOT = "previewSlot";
    private static final String WIDTH = "previewWidth";
    private static final String HEIGHT = "previewHeight";
    private static final int SLOTS = 2;
    private static final int MOST_BYTES = Window.BYTES / SLOTS;

    private final Window window;
    private int next;

    PreviewSlots(Window window) {
        this.window = window;
    }

    /** Puts one into the window, smaller if need be; tells where it lies. */
    JsonObject put(RgbImage picture) {
        RgbImage fitting = fitting(picture);
        int slot = next;
        next = (next + 1) % SLOTS;
        window.use(buffer -> {
            buffer.position(slot * MOST_BYTES);
            for (int pixel : fitting.packed()) {
                buffer.put((byte) (pixel >> 16)).put((byte) (pixel >> 8)).put((byte) pixel);
            }
            return null;
        });
        JsonObject place = new JsonObject();
        place.addProperty(SLOT, slot);
        place.addProperty(WIDTH, fitting.width());
        place.addProperty(HEIGHT, fitting.height());
        return place;
    }

    private static RgbImage fitting(RgbImage picture) {
        double share = Math.sqrt(MOST_BYTES / 3.0 / ((double) picture.width() * picture.height()));
        return share >= 1
                ? picture
                : Resampling.resized(picture, Math.max(1, (int) (share * picture.width())), Math.max(1, (int)
                        (share * picture.height())));
    }

    /** Whether an update tells of one. */
    static boolean isPlace(Map<String, Object> info) {
        return info.containsKey(SLOT);
    }

    /** Takes one out of the window. */
    RgbImage get(Map<String, Object> place) {
        int slot = number(place, SLOT);
        int width = number(place, WIDTH);
        int height = number(place, HEIGHT);
        if (slot < 0 || slot >= SLOTS || width < 1 || height < 1 || 3L * width * height > MOST_BYTES) {
            throw new EngineException("engine: expected a preview that fits into the window, found " + place);
        }
        float[] samples = new float[3 * width * height];
        window.use((ByteBuffer buffer) -> {
            buffer.position(slot * MOST_BYTES);
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (buffer.get() & 0xFF) / 255f;
            }
            return null;
        });
        return new RgbImage(width, height, samples);
    }

    private static int number(Map<String, Object> place, String name) {
        if (place.get(name) instanceof Number number) {
            return number.intValue();
        }
        throw new EngineException("engine: expected its process to tell " + name + ", found " + place);
    }
}
