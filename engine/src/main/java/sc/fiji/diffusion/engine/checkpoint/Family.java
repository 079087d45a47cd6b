package sc.fiji.diffusion.engine.checkpoint;

import com.google.gson.JsonObject;
import java.util.Optional;
import sc.fiji.diffusion.engine.checkpoint.original.FileKind;

/** What the published configurations of a family say and no tensor shows. */
enum Family {
    STABLE_DIFFUSION_1("StableDiffusionPipeline", 0.18215, 512, "PNDMScheduler"),
    STABLE_DIFFUSION_2("StableDiffusionPipeline", 0.18215, 512, "PNDMScheduler"),
    STABLE_DIFFUSION_XL("StableDiffusionXLPipeline", 0.13025, 1024, "EulerDiscreteScheduler");

    /** SD 2.x pads the text with the token of id 0, and so does the second text encoder of XL. */
    private static final Optional<String> FIRST_TOKEN = Optional.of("!");

    private static final Optional<String> END_TOKEN = Optional.of("<|endoftext|>");

    private final String pipelineClass;
    private final double scalingFactor;
    private final int nativeSize;
    private final String schedulerClass;

    Family(String pipelineClass, double scalingFactor, int nativeSize, String schedulerClass) {
        this.pipelineClass = pipelineClass;
        this.scalingFactor = scalingFactor;
        this.nativeSize = nativeSize;
        this.schedulerClass = schedulerClass;
    }

    static Family of(FileKind kind) {
        return switch (kind) {
            case STABLE_DIFFUSION_1 -> STABLE_DIFFUSION_1;
            case STABLE_DIFFUSION_2 -> STABLE_DIFFUSION_2;
            case STABLE_DIFFUSION_XL -> STABLE_DIFFUSION_XL;
            default -> throw new IllegalArgumentException(kind + " is no whole model");
        };
    }

    double scalingFactor() {
        return scalingFactor;
    }

    /** Width and height in pixels; the models of SD 2.x that predict a velocity were trained on larger ones. */
    int nativeSize(Prediction prediction) {
        return this == STABLE_DIFFUSION_2 && prediction.isVelocity() ? 768 : nativeSize;
    }

    /** Padding of the first text encoder's tokenizer. */
    Optional<String> padding() {
        return this == STABLE_DIFFUSION_2 ? FIRST_TOKEN : END_TOKEN;
    }

    /** Padding of the second text encoder's tokenizer. */
    Optional<String> secondPadding() {
        return FIRST_TOKEN;
    }

    JsonObject index() {
        JsonObject index = new JsonObject();
        index.addProperty(Checkpoint.CLASS_NAME, pipelineClass);
        return index;
    }

    /** The scheduler that the family's folders name, with the noise that all of them were trained on. */
    JsonObject scheduler(Prediction prediction) {
        JsonObject config = new JsonObject();
        boolean isDdim = this == STABLE_DIFFUSION_2 && prediction.isVelocity();
        config.addProperty(Checkpoint.CLASS_NAME, isDdim ? "DDIMScheduler" : schedulerClass);
        config.addProperty("beta_start", 0.00085);
        config.addProperty("beta_end", 0.012);
        config.addProperty("beta_schedule", "scaled_linear");
        config.addProperty("num_train_timesteps", 1000);
        config.addProperty("steps_offset", 1);
        config.addProperty("timestep_spacing", prediction.zeroTerminalSnr() ? "trailing" : "leading");
        config.addProperty("prediction_type", prediction.type());
        config.addProperty("clip_sample", false);
        config.addProperty("set_alpha_to_one", false);
        config.addProperty("skip_prk_steps", true);
        if (prediction.zeroTerminalSnr()) {
            config.addProperty("rescale_betas_zero_snr", true);
        }
        return config;
    }
}
