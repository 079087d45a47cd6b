package sc.fiji.diffusion.engine.pipeline;

import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.scheduler.NoiseSource;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * Inpainting. With an ordinary UNet, what the mask keeps is replaced after every step by the original with as much
 * noise as there is then (RePaint's idea, Lugmayr et al. 2022, without its repetitions); a UNet made for inpainting is
 * shown the mask and the picture without its masked part instead. diffusers' {@code StableDiffusionInpaintPipeline}.
 *
 * @param original the picture's latents
 * @param masked those of the picture with the masked part made grey; empty if the UNet takes none
 * @param mask where latents may change
 * @param stepsLeftOut how many steps lie before the first timestep that is run
 * @param fromPureNoise whether nothing of the original is in the first latents
 */
record Inpainting(
        LatentDistribution original,
        Optional<LatentDistribution> masked,
        LatentMask mask,
        int stepsLeftOut,
        boolean fromPureNoise)
        implements LatentRun {

    @Override
    public Tensor denoise(
            DenoisingLoop loop, NoiseSource noise, Progress progress, DenoisingLoop.StepListener listener) {
        // diffusers draws the original's latents only where it needs them
        boolean needsOriginal = masked.isEmpty() || !fromPureNoise;
        Tensor clean = needsOriginal ? original.sample(noise) : original.mean();
        Tensor added = new Tensor(clean.shape(), noise.next(clean.values().length));
        Constraint constraint = masked.isPresent()
                ? new Shown(mask.asChannel(), masked.get().sample(noise))
                : kept(loop, clean, added, noise);
        Tensor first = fromPureNoise
                ? loop.asStrongAsTheFirstStep(added)
                : new Tensor(clean.shape(), loop.scheduler().addNoise(clean.values(), added.values(), loop.begin()));
        return loop.constrained(constraint).run(first, noise, progress, listener);
    }

    private Kept kept(DenoisingLoop loop, Tensor clean, Tensor added, NoiseSource noise) {
        // diffusers draws the masked picture's latents for any UNet: schedulers that add noise go on behind them
        noise.next(clean.values().length);
        return new Kept(loop, mask, clean, added);
    }

    /** Mask and masked picture beside the latents: {@code [1, 2·latent channels + 1, h, w]}. */
    private record Shown(Tensor mask, Tensor masked) implements Constraint {

        @Override
        public Tensor modelInput(Tensor scaled, int rows) {
            return Tensor.concatenated(1, List.of(scaled, mask, masked)).repeated(rows);
        }
    }

    /** The original, as noisy as the step needs it, where latents are not free yet. */
    private record Kept(DenoisingLoop loop, LatentMask mask, Tensor clean, Tensor noise) implements Constraint {

        @Override
        public Tensor afterStep(Tensor sample, int nextIndex) {
            int timesteps = loop.scheduler().timesteps().length;
            float[] kept = nextIndex < timesteps
                    ? loop.scheduler().addNoise(clean.values(), noise.values(), nextIndex)
                    : clean.values();
            int begin = loop.begin();
            return mask.merge(sample, kept, (double) (nextIndex - begin) / (timesteps - begin));
        }
    }
}
