package sc.fiji.diffusion.engine.pipeline;

import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * A control image as a ControlNet takes it.
 *
 * @param pixels {@code [1, 3, height, width]}, from 0 to 1
 * @param control how strongly and when it steers
 */
record ControlHint(Tensor pixels, ControlImage control) {

    /** Brought to the size of the picture that is made, in pixels. */
    static ControlHint of(ControlImage control, int width, int height) {
        RgbImage resized = Resampling.resized(control.image(), width, height);
        int plane = width * height;
        float[] values = new float[3 * plane];
        for (int i = 0; i < values.length; i++) {
            values[i % 3 * plane + i / 3] = resized.samples()[i];
        }
        return new ControlHint(Tensor.of(values, 1, 3, height, width), control);
    }

    double weight(DenoisingStep step) {
        return control.weight(step.index(), step.count());
    }
}
