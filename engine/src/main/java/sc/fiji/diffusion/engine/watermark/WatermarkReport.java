package sc.fiji.diffusion.engine.watermark;

import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Optional;
import sc.fiji.diffusion.engine.image.RgbImage;

/**
 * What was looked for in a picture, and what was found.
 *
 * @param detection of our own mark
 * @param other another's mark; empty if there is none
 */
public record WatermarkReport(WatermarkDetection detection, Optional<OtherWatermark> other) {

    /** Beyond this nobody cares. */
    private static final double SMALLEST_TOLD = 1e-99;

    /** Looks for all marks that are known, on the calling thread. */
    public static WatermarkReport of(RgbImage image) {
        return new WatermarkReport(WatermarkDetector.detect(image), OtherWatermark.find(image));
    }

    /** Whether there is any. */
    public boolean found() {
        return detection.found() || other.isPresent();
    }

    /** Whose it is, for people; empty if there is none. */
    public String maker() {
        return detection.found()
                ? "Diffusion for Fiji"
                : other.map(OtherWatermark::label).orElse("");
    }

    /** One line, for people. */
    public String text() {
        String score = String.format(
                Locale.ROOT,
                "score %.1f, false alarm at most %.0e",
                detection.score(),
                Math.max(SMALLEST_TOLD, detection.falseAlarm()));
        if (detection.found()) {
            return "watermark of Diffusion for Fiji (" + score
                    + (detection.scale() == 1 ? "" : String.format(Locale.ROOT, ", at %.2f times", detection.scale()))
                    + ")";
        }
        return other.map(mark -> "watermark of " + mark.label()).orElse("no watermark (" + score + ")");
    }

    /** For programs: {@code found}, {@code maker} if found, {@code score}, {@code false_alarm}, {@code scale}. */
    public JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("found", found());
        if (found()) {
            json.addProperty("maker", maker());
        }
        json.addProperty("score", detection.score());
        json.addProperty("false_alarm", detection.falseAlarm());
        if (detection.found()) {
            json.addProperty("scale", detection.scale());
        }
        return json;
    }
}
