package sc.fiji.diffusion.engine.pipeline;

import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;

/** The picture and the mask that the reference runs began with. */
final class GoldenPictures {

    private static final int SIDE = 64;

    private GoldenPictures() {}

    static RgbImage image(SafetensorsFile golden) {
        return new RgbImage(SIDE, SIDE, fractions(golden.readLongs("image")));
    }

    static Mask mask(SafetensorsFile golden) {
        return new Mask(SIDE, SIDE, fractions(golden.readLongs("mask")));
    }

    private static float[] fractions(long[] bytes) {
        float[] values = new float[bytes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes[i] / 255f;
        }
        return values;
    }
}
