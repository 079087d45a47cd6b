package sc.fiji.diffusion.engine.pipeline;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.network.AutoencoderKl;
import sc.fiji.diffusion.engine.provenance.EngineVersion;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.runtime.OnnxRuntime;
import sc.fiji.diffusion.engine.scheduler.SchedulerConfig;
import sc.fiji.diffusion.engine.scheduler.TorchRandom;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * An opened model, ready to make images. Opening takes seconds and memory; making several images with one pipeline
 * pays that once. Not thread-safe: one job at a time. {@link #close} gives the native memory back.
 */
public final class DiffusionPipeline implements AutoCloseable {

    private final Checkpoint checkpoint;
    private final SchedulerConfig schedulerConfig;
    private final OpenedNetworks networks;

    private DiffusionPipeline(Checkpoint checkpoint, SchedulerConfig schedulerConfig, OpenedNetworks networks) {
        this.checkpoint = checkpoint;
        this.schedulerConfig = schedulerConfig;
        this.networks = networks;
    }

    /**
     * Opens the networks of a checkpoint.
     *
     * @throws sc.fiji.diffusion.engine.DiffusionException if it can't be opened; nothing stays open then
     */
    public static DiffusionPipeline open(Checkpoint checkpoint, Progress progress) {
        SchedulerConfig schedulerConfig = SchedulerConfig.parse(checkpoint.schedulerConfig());
        return new DiffusionPipeline(checkpoint, schedulerConfig, OpenedNetworks.open(checkpoint, progress));
    }

    /** What was opened. */
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /**
     * Makes the images of a request, one after the other: each is what its seed gives alone, and needs no more memory.
     *
     * @throws RequestException if the model can't make an image of that size
     * @throws sc.fiji.diffusion.engine.CancelledException soon after {@code progress} says so
     * @throws sc.fiji.diffusion.engine.EngineException if the computation fails
     */
    public GenerationResult textToImage(TextToImageRequest request, Progress progress) {
        requireSize(request);
        SchedulerConfig config = request.scheduler().resolve(schedulerConfig);
        // Refuses a number of steps that the scheduler can't do before the text is encoded.
        int stepsPerImage = config.create(request.steps()).timesteps().length;
        Guidance guidance = guidance(request, progress);
        List<Tensor> latents = new ArrayList<>();
        for (int image = 0; image < request.batchSize(); image++) {
            latents.add(denoise(request, image, config, guidance, progress, stepsPerImage));
        }
        List<GeneratedImage> images = decode(request, latents, progress);
        return new GenerationResult(images, joined(latents), provenance(request));
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

    private Guidance guidance(TextToImageRequest request, Progress progress) {
        int texts = request.usesGuidance() ? 2 : 1;
        progress.report(Progress.Stage.ENCODING_TEXT, 0, texts);
        Tensor prompt = networks.promptEncoder().encode(request.prompt(), progress);
        progress.report(Progress.Stage.ENCODING_TEXT, 1, texts);
        if (!request.usesGuidance()) {
            return Guidance.of(prompt);
        }
        Tensor negative = networks.promptEncoder().encode(request.negativePrompt(), progress);
        progress.report(Progress.Stage.ENCODING_TEXT, 2, texts);
        return Guidance.of(negative, prompt, request.guidanceScale());
    }

    private Tensor denoise(
            TextToImageRequest request,
            int image,
            SchedulerConfig config,
            Guidance guidance,
            Progress progress,
            int stepsPerImage) {
        int factor = checkpoint.vaeScaleFactor();
        int channels = AutoencoderKl.latentChannels(checkpoint.vae());
        DenoisingLoop loop = new DenoisingLoop(networks.denoiser(), guidance, config.create(request.steps()));
        TorchRandom noise = new TorchRandom(request.seed() + image);
        Tensor initial = loop.initialLatents(noise, 1, channels, request.height() / factor, request.width() / factor);
        int total = stepsPerImage * request.batchSize();
        progress.report(Progress.Stage.DENOISING, image * stepsPerImage, total);
        return loop.run(
                initial,
                noise,
                progress,
                step -> progress.report(Progress.Stage.DENOISING, image * stepsPerImage + step, total));
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

    private static Tensor joined(List<Tensor> latents) {
        Tensor first = latents.get(0);
        int length = first.values().length;
        float[] values = new float[length * latents.size()];
        for (int image = 0; image < latents.size(); image++) {
            System.arraycopy(latents.get(image).values(), 0, values, image * length, length);
        }
        int[] shape = first.shape().clone();
        shape[0] = latents.size();
        return new Tensor(shape, values);
    }

    private Provenance provenance(TextToImageRequest request) {
        return new Provenance(
                request.prompt(),
                request.negativePrompt(),
                request.width(),
                request.height(),
                request.steps(),
                request.guidanceScale(),
                request.scheduler().describe(schedulerConfig),
                request.seed(),
                request.batchSize(),
                checkpoint.name(),
                checkpoint.sha256(),
                EngineVersion.current(),
                OnnxRuntime.version(),
                OnnxRuntime.DEVICE,
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public void close() {
        networks.close();
    }
}
