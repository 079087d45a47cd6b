package sc.fiji.diffusion.engine.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.image.RgbImage;

/** Pictures through the window, from the one side to the other. */
class PreviewSlotsTest {

    private final Window window = Window.create();
    private final PreviewSlots worker = new PreviewSlots(window);
    private final PreviewSlots client = new PreviewSlots(window);

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void aPictureArrivesToTheEighthBit() {
        RgbImage picture = ramp(37, 21);
        RgbImage found = client.get(place(picture));
        assertEquals(37, found.width());
        for (int i = 0; i < picture.samples().length; i++) {
            assertEquals(picture.samples()[i], found.samples()[i], 0.5 / 255 + 1e-6, "sample " + i);
        }
    }

    @Test
    void oneIsReadWhileTheNextIsWritten() {
        Map<String, Object> first = place(ramp(10, 10));
        RgbImage before = client.get(first);
        Map<String, Object> second = place(ramp(300, 7));
        assertEquals(before, client.get(first));
        assertEquals(300, client.get(second).width());
    }

    @Test
    void aLargePictureIsMadeToFit() {
        RgbImage found = client.get(place(ramp(3000, 500)));
        assertTrue(3L * found.width() * found.height() <= Window.BYTES / 2, found + " is too large");
        assertEquals(6, (double) found.width() / found.height(), 0.1);
    }

    @Test
    void whatCanNotLieThereIsRefused() {
        Map<String, Object> place = place(ramp(8, 8));
        for (String name : place.keySet()) {
            Map<String, Object> broken = new HashMap<>(place);
            broken.put(name, 100_000);
            assertThrows(EngineException.class, () -> client.get(broken), name);
            broken.put(name, "many");
            assertThrows(EngineException.class, () -> client.get(broken), name);
        }
    }

    @SuppressWarnings("unchecked") // as Appose reads it
    private Map<String, Object> place(RgbImage picture) {
        return new Gson().fromJson(worker.put(picture).toString(), Map.class);
    }

    private static RgbImage ramp(int width, int height) {
        float[] samples = new float[3 * width * height];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = i % 256 / 255f;
        }
        return new RgbImage(width, height, samples);
    }
}
