package sc.fiji.diffusion.engine.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.adapter.Adapters;
import sc.fiji.diffusion.engine.adapter.ModelAdaptation;
import sc.fiji.diffusion.engine.adapter.PromptAdapters;
import sc.fiji.diffusion.engine.blend.BlendedImage;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.network.Autoencoder;
import sc.fiji.diffusion.engine.provenance.Task;
import sc.fiji.diffusion.engine.scheduler.NoiseSource;
import sc.fiji.diffusion.engine.scheduler.TorchRandom;

/**
 * An opened model, ready to make images. Opening takes seconds and memory; making several images with one pipeline
 * pays that once. Not thread-safe: one job at a time. {@link #close} gives the native memory back.
 */
public final class DiffusionPipeline implements AutoCloseable {

    private final Checkpoint checkpoint;
    private final Execution execution;
    private final OpenedNetworks networks;
    private final ImageGeneration generation;

    /** Null until it is needed. */
    private LatentEncoder encoder;

    private DiffusionPipeline(OpenedModel model, OpenedNetworks networks) {
        this.checkpoint = model.checkpoint();
        this.execution = model.options().execution();
        this.networks = networks;
        this.generation = new ImageGeneration(model, networks);
    }

    /**
     * Opens the networks of a checkpoint.
     *
     * @throws sc.fiji.diffusion.engine.DiffusionException if it can't be opened; nothing stays open then
     */
    public static DiffusionPipeline open(Checkpoint checkpoint, Progress progress) {
        return open(checkpoint, PipelineOptions.of(checkpoint), progress);
    }

    /**
     * Opens the networks of a checkpoint, and what the options name with it.
     *
     * @throws sc.fiji.diffusion.engine.DiffusionException if one can't be opened, or does not fit the others; nothing
     *     stays open then
     */
    public static DiffusionPipeline open(Checkpoint checkpoint, PipelineOptions options, Progress progress) {
        return open(checkpoint, options, options.adapters(), progress);
    }

    /** The same, and at once as the first request will need it. */
    public static DiffusionPipeline openFor(
            TextToImageRequest first, Checkpoint checkpoint, PipelineOptions options, Progress progress) {
        PromptAdapters adapted =
                PromptAdapters.of(first.prompt(), first.negativePrompt(), options.adapters(), options.folders());
        return open(checkpoint, options, adapted.adapters(), progress);
    }

    private static DiffusionPipeline open(
            Checkpoint checkpoint, PipelineOptions options, Adapters first, Progress progress) {
        OpenedModel model = OpenedModel.of(checkpoint, options);
        ModelAdaptation adaptation = ModelAdaptation.of(checkpoint, first);
        DiffusionPipeline opened =
                new DiffusionPipeline(model, OpenedNetworks.open(checkpoint, options, adaptation, progress));
        checkpoint.hashAhead();
        return opened;
    }

    /** What was opened. */
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /**
     * Makes the images of a request, one after the other: each is what its seed gives alone, and needs no more memory.
     *
     * @throws RequestException if the model can't make an image of that size, or is one for inpainting only
     * @throws sc.fiji.diffusion.engine.CancelledException soon after {@code progress} says so
     * @throws sc.fiji.diffusion.engine.EngineException if the computation fails
     */
    public GenerationResult textToImage(TextToImageRequest request, Progress progress) {
        return textToImage(request, BlendRequest.images(request), new Task.TextToImage(), progress);
    }

    /** Makes images that lie between others; what {@link #textToImage} throws, this throws too. */
    public GenerationResult blend(BlendRequest request, Progress progress) {
        return textToImage(
                request.settings(), request.images(), new Task.Blend(request.kind(), request.images()), progress);
    }

    private GenerationResult textToImage(
            TextToImageRequest settings, List<BlendedImage> images, Task task, Progress progress) {
        requireSize(settings);
        DenoiserTask.WHOLE_IMAGES.require(networks.denoiser().task(), checkpoint.name());
        int[] shape = {
            1,
            Autoencoder.of(checkpoint.vae()).latentChannels(),
            settings.height() / checkpoint.vaeScaleFactor(),
            settings.width() / checkpoint.vaeScaleFactor()
        };
        return generation.generate(settings, images, task, new FromNoise(shape), TorchRandom::new, progress);
    }

    /**
     * Makes an image anew from another one; what {@link #textToImage} throws, this throws too. A size that the VAE's
     * factor does not divide is rounded up for the model and brought back for the result. A model that follows
     * instructions (InstructPix2Pix) begins with noise alone and is shown the image: there the strength plays no part,
     * and the image guidance scale does.
     */
    public GenerationResult imageToImage(ImageToImageRequest request, Progress progress) {
        return imageToImage(request, TorchRandom::new, progress);
    }

    /**
     * The same with noise of one's own, such as a part of the noise of a larger picture.
     *
     * @param noise of the image that has a seed; every draw from it has the length of the latents
     */
    public GenerationResult imageToImage(
            ImageToImageRequest request, LongFunction<NoiseSource> noise, Progress progress) {
        boolean instructed = networks.denoiser().task() == DenoiserTask.INSTRUCTIONS;
        if (!instructed) {
            DenoiserTask.WHOLE_IMAGES.require(networks.denoiser().task(), checkpoint.name());
        }
        TextToImageRequest settings = request.settings();
        TextToImageRequest work = settings.withSize(multiple(settings.width()), multiple(settings.height()));
        requireSize(work);
        int leftOut = ImageToImageRequest.stepsLeftOut(settings.steps(), request.strength());
        RgbImage seen = Resampling.resized(request.image(), work.width(), work.height());
        LatentDistribution original = encoder().encode(seen, progress);
        GenerationResult made = instructed
                ? generation.generate(
                        work,
                        new Task.Instruction(request.imageGuidanceScale()),
                        new FromInstruction(original.mean(), request.imageGuidanceScale()),
                        noise,
                        progress)
                : generation.generate(
                        work,
                        new Task.ImageToImage(request.strength()),
                        new FromImage(original, leftOut),
                        noise,
                        progress);
        return made.resized(settings.width(), settings.height())
                .with(provenance -> provenance.withSampling(
                        provenance.sampling().withWork(new Size(settings.width(), settings.height()))));
    }

    private int multiple(int size) {
        int factor = checkpoint.vaeScaleFactor();
        return (size + factor - 1) / factor * factor;
    }

    /** Makes the masked part of an image anew; what {@link #textToImage} throws of sizes, this throws too. */
    public GenerationResult inpaint(InpaintRequest request, Progress progress) {
        requireSize(request.settings());
        boolean forInpainting = networks.denoiser().task() == DenoiserTask.INPAINTING;
        if (!forInpainting) {
            DenoiserTask.WHOLE_IMAGES.require(networks.denoiser().task(), checkpoint.name());
        }
        LatentMask mask = LatentMask.of(request.mask(), request.reduction(), checkpoint.vaeScaleFactor());
        if (mask.isEmpty()) {
            throw new RequestException(
                    "mask: expected a pixel of 0.5 or more at the top left of a latent's pixels," + " found none");
        }
        Inpainting run = new Inpainting(
                encoder().encode(request.image(), progress),
                forInpainting
                        ? Optional.of(encoder().encode(request.imageWithoutMasked(), progress))
                        : Optional.empty(),
                mask,
                ImageToImageRequest.stepsLeftOut(request.settings().steps(), request.strength()),
                request.strength() == 1);
        return generation.generate(
                request.settings(),
                new Task.Inpainting(request.strength(), Optional.empty(), Optional.empty()),
                run,
                TorchRandom::new,
                progress);
    }

    /** Opened when it is first needed: text-to-image never does. */
    private LatentEncoder encoder() {
        if (encoder == null) {
            encoder = LatentEncoder.open(checkpoint, execution);
        }
        return encoder;
    }

    private void requireSize(TextToImageRequest request) {
        int factor = checkpoint.vaeScaleFactor();
        requireDivisible("width", request.width(), factor);
        requireDivisible("height", request.height(), factor);
        UNetMemory.of(checkpoint).require(request.width(), request.height(), factor);
        networks.decoder().requireMemory(request.width(), request.height());
    }

    private static void requireDivisible(String field, int size, int factor) {
        if (size % factor != 0) {
            throw new RequestException(field + ": expected a multiple of " + factor + ", as this model's VAE needs,"
                    + " such as " + Math.max(factor, Math.round((float) size / factor) * factor) + ", found " + size);
        }
    }

    @Override
    public void close() {
        if (encoder != null) {
            encoder.close();
        }
        networks.close();
    }
}
