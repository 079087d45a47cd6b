package sc.fiji.diffusion.engine.pipeline;

import java.util.List;
import java.util.OptionalDouble;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.scheduler.NoiseSource;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * A picture changed as the text says: latents begin as noise alone, and the UNet is shown the picture's latents beside
 * them. InstructPix2Pix (Brooks et al. 2022, arXiv 2211.09800) as diffusers' {@code
 * StableDiffusionInstructPix2PixPipeline} has it.
 *
 * @param picture the means of the picture's latents {@code [1, latent channels, h, w]}, unscaled
 * @param imageScale how far to go from the prediction without the picture towards that with it and beyond
 */
record FromInstruction(Tensor picture, double imageScale) implements LatentRun {

    @Override
    public int stepsLeftOut() {
        return 0;
    }

    @Override
    public OptionalDouble imageGuidanceScale() {
        return OptionalDouble.of(imageScale);
    }

    @Override
    public Tensor denoise(
            DenoisingLoop loop, NoiseSource noise, Progress progress, DenoisingLoop.StepListener listener) {
        Tensor pure = new Tensor(picture.shape(), noise.next(picture.values().length));
        return loop.constrained(new Shown(picture)).run(loop.asStrongAsTheFirstStep(pure), noise, progress, listener);
    }

    /** The picture beside the latents; where there are three rows, the last is shown none. */
    private record Shown(Tensor picture) implements Constraint {

        @Override
        public Tensor modelInput(Tensor scaled, int rows) {
            Tensor none = new Tensor(picture.shape(), new float[picture.values().length]);
            Tensor shown = rows == 1 ? picture : Tensor.concatenated(0, List.of(picture, picture, none));
            return Tensor.concatenated(1, List.of(scaled.repeated(rows), shown));
        }
    }
}
