package sc.fiji.diffusion.engine.pipeline;

import java.util.List;
import java.util.function.Consumer;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.prompt.PromptSyntax;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;

/**
 * What a user asks for. Immutable and checked when made; whether the size suits the model (its VAE's factor must
 * divide it) is checked when the model is known. Start from {@link #of} and change what differs:
 *
 * <pre>{@code TextToImageRequest.of("many green nuclei", 128, 128).withSteps(30).withSeed(42)}</pre>
 *
 * @param prompt what to show, of any length; may be empty
 * @param negativePrompt what to keep away from, of any length; may be empty
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param steps denoising steps, 1 to 1000
 * @param guidanceScale classifier-free guidance; at 1 and below the negative prompt is not used
 * @param scheduler which way the noise is taken away
 * @param seed of the first image's noise, as in PyTorch's CPU generator; image i has {@code seed + i}
 * @param batchSize number of images, at least 1
 * @param reading how both prompts are read
 * @param controlImages what the pipeline's ControlNets steer by, one for each in their order
 * @param watermark whether jobs lay the invisible mark on what is made; pipelines themselves never do
 */
public record TextToImageRequest(
        String prompt,
        String negativePrompt,
        int width,
        int height,
        int steps,
        double guidanceScale,
        SchedulerChoice scheduler,
        long seed,
        int batchSize,
        PromptReading reading,
        List<ControlImage> controlImages,
        boolean watermark) {

    /** Steps where the user names none. */
    public static final int DEFAULT_STEPS = Checkpoint.USUAL_STEPS;

    /** Guidance where the user names none; diffusers' default. */
    public static final double DEFAULT_GUIDANCE_SCALE = Checkpoint.USUAL_GUIDANCE_SCALE;

    /** Steps that can be asked for. */
    public static final int MOST_STEPS = 1000;

    /** Pixels along a side that can be asked for. */
    public static final int LARGEST_SIDE = 16384;

    private static final int SMALLEST_SIDE = 1;
    private static final int LARGEST_BATCH = 1024;

    public TextToImageRequest {
        require("prompt", prompt != null, "a text", prompt);
        require("negative prompt", negativePrompt != null, "a text", negativePrompt);
        require("scheduler", scheduler != null, "a scheduler", scheduler);
        requireRange("width", width, SMALLEST_SIDE, LARGEST_SIDE);
        requireRange("height", height, SMALLEST_SIDE, LARGEST_SIDE);
        requireRange("steps", steps, 1, MOST_STEPS);
        requireRange("batch", batchSize, 1, LARGEST_BATCH);
        require("guidance", guidanceScale >= 0 && guidanceScale <= 100, "0 to 100", guidanceScale);
        require("seed", seed >= 0, "0 or more", seed);
        controlImages = List.copyOf(controlImages);
        require("reading", reading != null, "how the prompts are read", reading);
        reading.syntax().parse(prompt).requireUsableWeights("prompt");
        reading.syntax().parse(negativePrompt).requireUsableWeights("negative prompt");
    }

    /** Without ControlNets, with the watermark. */
    public TextToImageRequest(
            String prompt,
            String negativePrompt,
            int width,
            int height,
            int steps,
            double guidanceScale,
            SchedulerChoice scheduler,
            long seed,
            int batchSize,
            PromptReading reading) {
        this(
                prompt,
                negativePrompt,
                width,
                height,
                steps,
                guidanceScale,
                scheduler,
                seed,
                batchSize,
                reading,
                List.of(),
                true);
    }

    /**
     * A request with the usual steps and guidance, the model's own scheduler, seed 0 and one image; the prompt may have
     * weights.
     */
    public static TextToImageRequest of(String prompt, int width, int height) {
        return new TextToImageRequest(
                prompt,
                "",
                width,
                height,
                DEFAULT_STEPS,
                DEFAULT_GUIDANCE_SCALE,
                SchedulerChoice.modelDefault(),
                0,
                1,
                PromptReading.USUAL);
    }

    public TextToImageRequest withPrompt(String newPrompt) {
        return with(draft -> draft.prompt = newPrompt);
    }

    public TextToImageRequest withNegativePrompt(String newNegativePrompt) {
        return with(draft -> draft.negativePrompt = newNegativePrompt);
    }

    public TextToImageRequest withSize(int newWidth, int newHeight) {
        return with(draft -> {
            draft.width = newWidth;
            draft.height = newHeight;
        });
    }

    public TextToImageRequest withSteps(int newSteps) {
        return with(draft -> draft.steps = newSteps);
    }

    public TextToImageRequest withGuidanceScale(double newGuidanceScale) {
        return with(draft -> draft.guidanceScale = newGuidanceScale);
    }

    public TextToImageRequest withScheduler(SchedulerChoice newScheduler) {
        return with(draft -> draft.scheduler = newScheduler);
    }

    public TextToImageRequest withSeed(long newSeed) {
        return with(draft -> draft.seed = newSeed);
    }

    public TextToImageRequest withBatchSize(int newBatchSize) {
        return with(draft -> draft.batchSize = newBatchSize);
    }

    public TextToImageRequest withControlImages(List<ControlImage> newControlImages) {
        return with(draft -> draft.controlImages = newControlImages);
    }

    public TextToImageRequest withWatermark(boolean newWatermark) {
        return with(draft -> draft.watermark = newWatermark);
    }

    /** See {@link PromptReading#clipSkip}. */
    public TextToImageRequest withClipSkip(int newClipSkip) {
        return with(draft -> draft.reading = reading.withClipSkip(newClipSkip));
    }

    /** See {@link PromptReading#syntax}. */
    public TextToImageRequest withSyntax(PromptSyntax newSyntax) {
        return with(draft -> draft.reading = reading.withSyntax(newSyntax));
    }

    private TextToImageRequest with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.request();
    }

    /** A copy in which something may be changed. */
    private static final class Draft {

        private String prompt;
        private String negativePrompt;
        private int width;
        private int height;
        private int steps;
        private double guidanceScale;
        private SchedulerChoice scheduler;
        private long seed;
        private int batchSize;
        private PromptReading reading;
        private List<ControlImage> controlImages;
        private boolean watermark;

        Draft(TextToImageRequest request) {
            prompt = request.prompt;
            negativePrompt = request.negativePrompt;
            width = request.width;
            height = request.height;
            steps = request.steps;
            guidanceScale = request.guidanceScale;
            scheduler = request.scheduler;
            seed = request.seed;
            batchSize = request.batchSize;
            reading = request.reading;
            controlImages = request.controlImages;
            watermark = request.watermark;
        }

        TextToImageRequest request() {
            return new TextToImageRequest(
                    prompt,
                    negativePrompt,
                    width,
                    height,
                    steps,
                    guidanceScale,
                    scheduler,
                    seed,
                    batchSize,
                    reading,
                    controlImages,
                    watermark);
        }
    }

    /** True if two predictions a step are made, with and without the prompt. */
    public boolean usesGuidance() {
        return guidanceScale > 1;
    }

    private static void requireRange(String field, int value, int least, int most) {
        require(field, value >= least && value <= most, least + " to " + most, value);
    }

    private static void require(String field, boolean holds, String expected, Object found) {
        if (!holds) {
            throw new RequestException(field + ": expected " + expected + ", found " + found);
        }
    }
}
