package sc.fiji.diffusion.engine.watermark;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.image.RgbImage;

/**
 * The marks that the scripts and pipelines of Stable Diffusion's makers leave by the Python package
 * invisible-watermark, method {@code dwtDct}: known bits, one after the other, in the pictures' {@link QuantizedBlocks}.
 * A picture without them has each bit right by chance half of the time.
 */
public enum OtherWatermark {
    /** {@code WATERMARK_MESSAGE} of diffusers and of Stability AI's generative-models. */
    STABLE_DIFFUSION_XL("Stable Diffusion XL", 0.5, "101100111110110010010000011110111011000110011110"),
    /** Stability AI's scripts for Stable Diffusion 2. */
    STABLE_DIFFUSION_2("Stable Diffusion 2", 128, bytes("SDV2")),
    /** CompVis's scripts for Stable Diffusion 1. */
    STABLE_DIFFUSION_1("Stable Diffusion 1", 128, bytes("StableDiffusionV1"));

    private static final int FEWEST_PIXELS = 256 * 256;

    private final String label;

    /** OpenCV's grey: 128 in bytes, a half in floats, of whatever range. */
    private final double neutral;

    /** Ones and zeros. */
    private final String message;

    OtherWatermark(String label, double neutral, String message) {
        this.label = label;
        this.neutral = neutral;
        this.message = message;
    }

    /** Who made the picture, such as {@code Stable Diffusion XL}. */
    public String label() {
        return label;
    }

    /** The mark that a picture carries, as it is or with red and blue exchanged (diffusers hands them over so). */
    public static Optional<OtherWatermark> find(RgbImage image) {
        if ((long) image.width() * image.height() < FEWEST_PIXELS) {
            return Optional.empty();
        }
        return Stream.of(values())
                .filter(mark -> mark.isIn(QuantizedBlocks.read(image, 2, mark.neutral))
                        || mark.isIn(QuantizedBlocks.read(image, 0, mark.neutral)))
                .findFirst();
    }

    private boolean isIn(boolean[] blocks) {
        int n = message.length();
        int[] votes = new int[n];
        for (int i = 0; i < blocks.length; i++) {
            votes[i % n] += blocks[i] ? 1 : -1;
        }
        int right = (int) IntStream.range(0, n)
                .filter(bit -> votes[bit] > 0 == (message.charAt(bit) == '1'))
                .count();
        return values().length * 2 * atLeast(right, n) <= WatermarkDetection.FALSE_ALARMS;
    }

    /** The chance of so many heads, or more, in n throws of a coin. */
    private static double atLeast(int heads, int n) {
        double chance = Math.pow(0.5, n);
        double sum = 0;
        for (int k = 0; k <= n; k++) {
            sum += k >= heads ? chance : 0;
            chance *= (double) (n - k) / (k + 1);
        }
        return sum;
    }

    /** The bits of each letter, highest first. */
    private static String bytes(String text) {
        return text.chars()
                .mapToObj(letter ->
                        Integer.toBinaryString(1 << Byte.SIZE | letter).substring(1))
                .collect(Collectors.joining());
    }
}
