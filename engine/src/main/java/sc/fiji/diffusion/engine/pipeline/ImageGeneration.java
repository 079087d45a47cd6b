package sc.fiji.diffusion.engine.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongFunction;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.adapter.ModelAdaptation;
import sc.fiji.diffusion.engine.blend.BlendedImage;
import sc.fiji.diffusion.engine.provenance.Task;
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
            TextToImageRequest request, Task task, LatentRun run, LongFunction<NoiseSource> noise, Progress progress) {
        return generate(request, BlendRequest.images(request), task, run, noise, progress);
    }

    /**
     * The same with images of which each has its own text and noise.
     *
     * @param request what they have in common
     */
    GenerationResult generate(
            TextToImageRequest request,
            List<BlendedImage> blends,
            Task task,
            LatentRun run,
            LongFunction<NoiseSource> noise,
            Progress progress) {
        try {
            return generateOnce(request, blends, task, run, noise, progress);
        } catch (EngineException e) {
            if (!networks.denoiser().session().execution().isHalf()) {
                throw e;
            }
            progress.notice("computed again in float32, because float16 failed: " + e.getMessage());
            networks.denoiser().inFloat32();
            return generateOnce(request, blends, task, run, noise, progress);
        }
    }

    private GenerationResult generateOnce(
            TextToImageRequest request,
            List<BlendedImage> blends,
            Task task,
            LatentRun run,
            LongFunction<NoiseSource> noise,
            Progress progress) {
        SchedulerConfig own = model.scheduler(networks.denoiser().task(), run instanceof Inpainting);
        SchedulerConfig config = request.scheduler().resolve(own);
        // Refuses a number of steps that the scheduler can't do before the text is encoded.
        Scheduler probe = config.create(request.steps());
        int begin = probe.begin(run.stepsLeftOut());
        int stepsPerImage = probe.timesteps().length - begin;
        AdaptedPrompts prompts = AdaptedPrompts.of(model, request, blends);
        ModelAdaptation adaptation = ModelAdaptation.of(model.checkpoint(), prompts.adapters());
        List<ControlHint> hints =
                networks.denoiser().controlNets().hints(request.controlImages(), request.width(), request.height());
        networks.adapt(adaptation, progress);
        EncodedPrompts encoded =
                EncodedPrompts.of(prompts, request, isTwofold(request), networks.promptEncoder(), progress);
        List<Tensor> latents = new ArrayList<>();
        LatentPreview preview = new LatentPreview(networks.decoder(), config, progress);
        int total = stepsPerImage * blends.size();
        for (BlendedImage blend : blends) {
            int before = latents.size() * stepsPerImage;
            progress.report(Progress.Stage.DENOISING, before, total);
            Guidance guidance = guidance(request, encoded.of(blend.prompt()), run.imageGuidanceScale())
                    .withHints(hints);
            DenoisingLoop loop = new DenoisingLoop(
                    networks.denoiser(), guidance, config.create(request.steps()), begin, Constraint.NONE, preview);
            latents.add(run.denoise(
                    loop,
                    BlendedNoise.of(blend.noise(), noise),
                    progress,
                    step -> progress.report(Progress.Stage.DENOISING, before + step, total)));
        }
        List<GeneratedImage> images = decode(blends, latents, progress);
        return new GenerationResult(
                images,
                Tensor.concatenated(0, latents),
                model.provenance(
                        request,
                        task,
                        adaptation,
                        config,
                        networks.denoiser().session().execution()));
    }

    /** Whether two predictions a step are made, and so the negative prompt is encoded too. */
    private boolean isTwofold(TextToImageRequest request) {
        return request.usesGuidance() && !networks.denoiser().guidanceInputs().embedsScale();
    }

    /** @param imageScale of a model that is guided by the picture too */
    private Guidance guidance(TextToImageRequest request, List<TextConditioning> texts, OptionalDouble imageScale) {
        GuidanceInputs inputs = networks.denoiser().guidanceInputs();
        if (isTwofold(request) && imageScale.isPresent()) {
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

    private List<GeneratedImage> decode(List<BlendedImage> blends, List<Tensor> latents, Progress progress) {
        List<GeneratedImage> images = new ArrayList<>();
        progress.report(Progress.Stage.DECODING, 0, latents.size());
        for (Tensor latent : latents) {
            long seed = blends.get(images.size()).noise().from();
            images.add(new GeneratedImage(networks.decoder().decode(latent, progress), seed));
            progress.report(Progress.Stage.DECODING, images.size(), latents.size());
        }
        return images;
    }
}
