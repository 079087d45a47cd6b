package sc.fiji.diffusion.result;

import java.util.ArrayList;
import java.util.List;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.pipeline.GeneratedImage;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.tensor.Tensor;
import sc.fiji.diffusion.provenance.Made;

/** Results as the engine gives them, without the engine. */
final class Results {

    private Results() {}

    /** Images whose first pixel is red and whose last is blue. */
    static GenerationResult of(String prompt, int width, int height, long seed, int count) {
        List<GeneratedImage> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] samples = new float[width * height * 3];
            samples[0] = 1;
            samples[samples.length - 1] = 1;
            images.add(new GeneratedImage(new RgbImage(width, height, samples), seed + i));
        }
        return new GenerationResult(images, Tensor.of(new float[0], 0), Made.of(prompt, width, height, seed, count));
    }
}
