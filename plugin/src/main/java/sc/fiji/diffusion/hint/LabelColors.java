package sc.fiji.diffusion.hint;

import java.awt.Color;

/** Colours that are far from those of neighbouring numbers: each a golden angle further round the circle of hues. */
final class LabelColors {

    private static final double GOLDEN_ANGLE = 0.6180339887;
    private static final float SATURATION = 0.8f;
    private static final float[] BRIGHTNESSES = {1f, 0.7f};

    private LabelColors() {}

    /** @param number of a label, from 1 */
    static Color of(long number) {
        float hue = (float) (number * GOLDEN_ANGLE % 1);
        int brightness = (int) Math.floorMod(number - 1, (long) BRIGHTNESSES.length);
        return Color.getHSBColor(hue, SATURATION, BRIGHTNESSES[brightness]);
    }
}
