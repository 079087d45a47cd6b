package sc.fiji.diffusion.engine.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongFunction;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.adapter.ModelAdaptation;
import sc.fiji.diffusion.engine.adapter.PromptAdapters;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.scheduler.NoiseSource;
import sc.fiji.diffusion.engine.scheduler.Scheduler;
import sc.fiji.diffusion.engine.scheduler.SchedulerConfig;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * What all tasks share, in its order: adapters and texts, denoising image by image, decoding.
 *
 * @param model what was opened
 * @param networks its networks, which adapters may open anew
 */
record ImageGeneration(OpenedModel model, OpenedNetworks networks) {

    /**
     * Makes a request's images. What float16 is too narrow for, or a device can't compute in it, is made again in float32,
     * and so is all that follows.
     *
     * @param task for the provenance
     * @param run what the task begins with and holds to
     * @param noise of the image that has a seed
     */
    GenerationResult generate(
            TextToImageRequest request,
            Provenance.Task task,
            LatentRun run,
            LongFunction<NoiseSource> noise,
            Progress progress) {
        try {
            return generateOnce(request, task, run, noise, progress);
        } catch (EngineException e) {
            if (!networks.denoiser().session().execution().isHalf()) {
                throw e;
            }
            progress.notice("computed again in float32, because float16 failed: " + e.getMessage());
            networks.denoiser().inFloat32();
            return generateOnce(request, task, run, noise, progress);
        }
    }

    private GenerationResult generateOnce(
            TextToImageRequest request,
            Provenance.Task task,
            LatentRun run,
            LongFunction<NoiseSource> noise,
            Progress progress) {
        SchedulerConfig own = model.scheduler(networks.denoiser().task(), run instanceof Inpainting);
        SchedulerConfig config = request.scheduler().resolve(own);
        // Refuses a number of steps that the scheduler can't do before the text is encoded.
        Scheduler probe = config.create(request.steps());
        int begin = probe.begin(run.stepsLeftOut());
        int stepsPerImage = probe.timesteps().length - begin;
        PromptAdapters adapted = model.adapters(request);
        ModelAdaptation adaptation = ModelAdaptation.of(model.checkpoint(), adapted.adapters());
        List<ControlHint> hints =
                networks.denoiser().controlNets().hints(request.controlImages(), request.width(), request.height());
        networks.adapt(adaptation, progress);
        Guidance guidance = guidance(request.withPrompt(adapted.prompt()), run.imageGuidanceScale(), progress)
                .withHints(hints);
        List<Tensor> latents = new ArrayList<>();
        LatentPreview preview = new LatentPreview(networks.decoder(), config, progress);
        int total = stepsPerImage * request.batchSize();
        for (int image = 0; image < request.batchSize(); image++) {
            int before = image * stepsPerImage;
            progress.report(Progress.Stage.DENOISING, before, total);
            DenoisingLoop loop = new DenoisingLoop(
                    networks.denoiser(), guidance, config.create(request.steps()), begin, Constraint.NONE, preview);
            latents.add(run.denoise(
                    loop,
                    noise.apply(request.seed() + image),
                    progress,
                    step -> progress.report(Progress.Stage.DENOISING, before + step, total)));
        }
        List<GeneratedImage> images = decode(request, latents, progress);
        return new GenerationResult(
                images,
                Tensor.concatenated(0, latents),
                model.provenance(
                        request, task, adaptation, networks.denoiser().session().execution()));
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
}
