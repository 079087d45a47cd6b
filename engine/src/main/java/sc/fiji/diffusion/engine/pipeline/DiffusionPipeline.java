package sc.fiji.diffusion.engine.pipeline;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongFunction;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.adapter.AdapterFolders;
import sc.fiji.diffusion.engine.adapter.Adapters;
import sc.fiji.diffusion.engine.adapter.ModelAdaptation;
import sc.fiji.diffusion.engine.adapter.PromptAdapters;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.network.Autoencoder;
import sc.fiji.diffusion.engine.provenance.EngineVersion;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.runtime.OnnxRuntime;
import sc.fiji.diffusion.engine.scheduler.NoiseSource;
import sc.fiji.diffusion.engine.scheduler.Scheduler;
import sc.fiji.diffusion.engine.scheduler.SchedulerConfig;
import sc.fiji.diffusion.engine.scheduler.TorchRandom;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * An opened model, ready to make images. Opening takes seconds and memory; making several images with one pipeline
 * pays that once. Not thread-safe: one job at a time. {@link #close} gives the native memory back.
 */
public final class DiffusionPipeline implements AutoCloseable {

    private final Checkpoint checkpoint;
    private final List<ControlNetCheckpoint> controlNets;
    private final SchedulerConfig schedulerConfig;
    private final OpenedNetworks networks;
    private final Adapters adapters;
    private final AdapterFolders folders;

    /** Null until it is needed. */
    private LatentEncoder encoder;

    private DiffusionPipeline(
            Checkpoint checkpoint,
            List<ControlNetCheckpoint> controlNets,
            SchedulerConfig schedulerConfig,
            OpenedNetworks networks,
            Adapters adapters,
            AdapterFolders folders) {
        this.checkpoint = checkpoint;
        this.controlNets = List.copyOf(controlNets);
        this.schedulerConfig = schedulerConfig;
        this.networks = networks;
        this.adapters = adapters;
        this.folders = folders;
    }

    /**
     * Opens the networks of a checkpoint.
     *
     * @throws sc.fiji.diffusion.engine.DiffusionException if it can't be opened; nothing stays open then
     */
    public static DiffusionPipeline open(Checkpoint checkpoint, Progress progress) {
        return open(checkpoint, List.of(), progress);
    }

    /**
     * Opens the networks of a checkpoint and ControlNets that steer it. Requests then carry a picture for each.
     *
     * @throws sc.fiji.diffusion.engine.DiffusionException if one can't be opened, or a ControlNet is for a model of
     *     another kind; nothing stays open then
     */
    public static DiffusionPipeline open(
            Checkpoint checkpoint, List<ControlNetCheckpoint> controlNets, Progress progress) {
        return open(checkpoint, Adapters.NONE, AdapterFolders.beside(checkpoint), Adapters.NONE, controlNets, progress);
    }

    /**
     * Opens the networks of a checkpoint with LoRAs and textual inversions.
     *
     * @param adapters used for all images
     * @param folders where those are that only a prompt names. Whatever a request's prompt names besides is used for
     *     that request: networks that it changes are opened anew before, the others stay
     * @throws sc.fiji.diffusion.engine.DiffusionException if it can't be opened; nothing stays open then
     */
    public static DiffusionPipeline open(
            Checkpoint checkpoint, Adapters adapters, AdapterFolders folders, Progress progress) {
        return open(checkpoint, adapters, folders, adapters, List.of(), progress);
    }

    /** With adapters and ControlNets, and at once as the first request will need it. */
    public static DiffusionPipeline openFor(
            TextToImageRequest first,
            Checkpoint checkpoint,
            Adapters adapters,
            AdapterFolders folders,
            List<ControlNetCheckpoint> controlNets,
            Progress progress) {
        PromptAdapters adapted = PromptAdapters.of(first.prompt(), first.negativePrompt(), adapters, folders);
        return open(checkpoint, adapters, folders, adapted.adapters(), controlNets, progress);
    }

    private static DiffusionPipeline open(
            Checkpoint checkpoint,
            Adapters adapters,
            AdapterFolders folders,
            Adapters first,
            List<ControlNetCheckpoint> controlNets,
            Progress progress) {
        SchedulerConfig schedulerConfig = SchedulerConfig.of(
                checkpoint.scheduler().json(), checkpoint.scheduler().path().toString());
        ModelAdaptation adaptation = ModelAdaptation.of(checkpoint, first);
        OpenedNetworks networks = OpenedNetworks.open(checkpoint, controlNets, adaptation, progress);
        return new DiffusionPipeline(checkpoint, controlNets, schedulerConfig, networks, adapters, folders);
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
        requireSize(request);
        DenoiserTask.WHOLE_IMAGES.require(networks.denoiser().task(), checkpoint.name());
        int[] shape = {
            1,
            Autoencoder.of(checkpoint.vae()).latentChannels(),
            request.height() / checkpoint.vaeScaleFactor(),
            request.width() / checkpoint.vaeScaleFactor()
        };
        return generate(request, Provenance.Task.textToImage(), new FromNoise(shape), TorchRandom::new, progress);
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
                ? generate(
                        work,
                        Provenance.Task.instruction(request.imageGuidanceScale()),
                        new FromInstruction(original.mean(), request.imageGuidanceScale()),
                        noise,
                        progress)
                : generate(
                        work,
                        Provenance.Task.imageToImage(request.strength()),
                        new FromImage(original, leftOut),
                        noise,
                        progress);
        return made.resized(settings.width(), settings.height());
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
        return generate(
                request.settings(), Provenance.Task.inpainting(request.strength()), run, TorchRandom::new, progress);
    }

    private GenerationResult generate(
            TextToImageRequest request,
            Provenance.Task task,
            LatentRun run,
            LongFunction<NoiseSource> noise,
            Progress progress) {
        SchedulerConfig own = ownScheduler(run instanceof Inpainting);
        SchedulerConfig config = request.scheduler().resolve(own);
        // Refuses a number of steps that the scheduler can't do before the text is encoded.
        Scheduler probe = config.create(request.steps());
        int begin = probe.begin(run.stepsLeftOut());
        int stepsPerImage = probe.timesteps().length - begin;
        PromptAdapters adapted = PromptAdapters.of(request.prompt(), request.negativePrompt(), adapters, folders);
        ModelAdaptation adaptation = ModelAdaptation.of(checkpoint, adapted.adapters());
        List<ControlHint> hints =
                networks.denoiser().controlNets().hints(request.controlImages(), request.width(), request.height());
        networks.adapt(adaptation, progress);
        Guidance guidance = guidance(request.withPrompt(adapted.prompt()), run.imageGuidanceScale(), progress)
                .withHints(hints);
        List<Tensor> latents = new ArrayList<>();
        int total = stepsPerImage * request.batchSize();
        for (int image = 0; image < request.batchSize(); image++) {
            int before = image * stepsPerImage;
            progress.report(Progress.Stage.DENOISING, before, total);
            DenoisingLoop loop = new DenoisingLoop(
                    networks.denoiser(), guidance, config.create(request.steps()), begin, Constraint.NONE);
            latents.add(run.denoise(
                    loop,
                    noise.apply(request.seed() + image),
                    progress,
                    step -> progress.report(Progress.Stage.DENOISING, before + step, total)));
        }
        List<GeneratedImage> images = decode(request, latents, progress);
        return new GenerationResult(images, Tensor.concatenated(0, latents), provenance(request, task, adaptation));
    }

    private SchedulerConfig ownScheduler(boolean forInpainting) {
        boolean isUsual = checkpoint.secondTextEncoder().isEmpty()
                && networks.denoiser().task() != DenoiserTask.INSTRUCTIONS
                && controlNets.isEmpty();
        return isUsual ? OutdatedScheduler.mended(schedulerConfig, forInpainting) : schedulerConfig;
    }

    /** Opened when it is first needed: text-to-image never does. */
    private LatentEncoder encoder() {
        if (encoder == null) {
            encoder = LatentEncoder.open(checkpoint);
        }
        return encoder;
    }

    private void requireSize(TextToImageRequest request) {
        int factor = checkpoint.vaeScaleFactor();
        requireDivisible("width", request.width(), factor);
        requireDivisible("height", request.height(), factor);
        networks.decoder().requireMemory(request.width(), request.height());
    }

    private static void requireDivisible(String field, int size, int factor) {
        if (size % factor != 0) {
            throw new RequestException(field + ": expected a multiple of " + factor + ", as this model's VAE needs,"
                    + " such as " + Math.max(factor, Math.round((float) size / factor) * factor) + ", found " + size);
        }
    }

    /** @param imageScale of a model that is guided by the picture too */
    private Guidance guidance(TextToImageRequest request, OptionalDouble imageScale, Progress progress) {
        GuidanceInputs inputs = networks.denoiser().guidanceInputs();
        boolean twofold = request.usesGuidance() && !inputs.embedsScale();
        List<TextConditioning> texts = networks.promptEncoder().encode(request, twofold, progress);
        if (twofold && imageScale.isPresent()) {
            TextConditioning negative = texts.get(0);
            return inputs.guidance(
                            List.of(texts.get(1), negative, negative),
                            request.guidanceScale(),
                            request.width(),
                            request.height())
                    .withImageScale(imageScale.getAsDouble());
        }
        return inputs.guidance(texts, request.guidanceScale(), request.width(), request.height());
    }

    private List<GeneratedImage> decode(TextToImageRequest request, List<Tensor> latents, Progress progress) {
        List<GeneratedImage> images = new ArrayList<>();
        progress.report(Progress.Stage.DECODING, 0, latents.size());
        for (Tensor latent : latents) {
            images.add(new GeneratedImage(networks.decoder().decode(latent, progress), request.seed() + images.size()));
            progress.report(Progress.Stage.DECODING, images.size(), latents.size());
        }
        return images;
    }

    private Provenance provenance(TextToImageRequest request, Provenance.Task task, ModelAdaptation adaptation) {
        Provenance.Task controlled = task;
        for (int i = 0; i < controlNets.size(); i++) {
            ControlImage control = request.controlImages().get(i);
            controlled = controlled.with(
                    "ControlNet",
                    controlNets.get(i).name() + " with scale " + control.scale() + " from " + control.start() + " to "
                            + control.end() + " of the steps, SHA-256 "
                            + controlNets.get(i).sha256());
        }
        return new Provenance(
                controlled,
                request.prompt(),
                request.negativePrompt(),
                request.reading().syntax(),
                request.reading().clipSkip(),
                request.width(),
                request.height(),
                request.steps(),
                request.guidanceScale(),
                request.scheduler().describe(schedulerConfig),
                request.seed(),
                request.batchSize(),
                checkpoint.name(),
                checkpoint.sha256(),
                checkpoint.otherVaeName().map(name -> new Provenance.WeightsFile(name, checkpoint.vaeSha256())),
                adaptation.used(),
                EngineVersion.current(),
                OnnxRuntime.version(),
                OnnxRuntime.DEVICE,
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public void close() {
        if (encoder != null) {
            encoder.close();
        }
        networks.close();
    }
}
