package sc.fiji.diffusion.engine.checkpoint;

import java.util.List;
import java.util.Locale;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.safetensors.TensorInfo;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * What the UNet of a single file predicts.
 *
 * @param type as in a scheduler's {@code prediction_type}
 * @param zeroTerminalSnr whether the last timestep of the training was noise alone (Lin et al. 2023)
 */
record Prediction(String type, boolean zeroTerminalSnr) {

    private static final String EPSILON = "epsilon";
    private static final String VELOCITY = "v_prediction";

    /** The training steps of SD 2.0's base model, which its file holds. */
    private static final int BASE_MODELS_STEPS = 875_000;

    private static final String UNET = "model.diffusion_model.";
    private static final String LAST_BIAS = UNET + "output_blocks.11.1.transformer_blocks.0.norm1.bias";

    /** Between the base models' deviations and those of the 768 pixel models, which ComfyUI tells apart so. */
    private static final double VELOCITY_MODELS_DEVIATION = 0.09;

    private static final int LATENT_CHANNELS = 4;
    private static final int CONVOLUTION_SIZES = 4;

    /** A longer bias is none of a UNet here, which its reader says; it is not read for a guess. */
    private static final int MOST_CHANNELS = 1 << 16;

    boolean isVelocity() {
        return type.equals(VELOCITY);
    }

    /**
     * What the file says, in this order: {@code modelspec.prediction_type} in its metadata; a tensor {@code v_pred}, with
     * {@code ztsnr} beside it, as models trained so by their users have; in SD 2.x, the number of training steps, and
     * the weights.
     */
    static Prediction of(SafetensorsFile file, Family family) {
        boolean zeroTerminalSnr = file.tensors().containsKey("ztsnr");
        String told =
                file.metadata().getOrDefault("modelspec.prediction_type", "").toLowerCase(Locale.ROOT);
        if (told.startsWith("v")) {
            return new Prediction(VELOCITY, zeroTerminalSnr);
        }
        if (told.startsWith("eps")) {
            return new Prediction(EPSILON, zeroTerminalSnr);
        }
        boolean velocity = file.tensors().containsKey("v_pred")
                || (family == Family.STABLE_DIFFUSION_2 && isVelocityOfSecondModels(file));
        return new Prediction(velocity ? VELOCITY : EPSILON, zeroTerminalSnr);
    }

    private static boolean isVelocityOfSecondModels(SafetensorsFile file) {
        String architecture = file.metadata().getOrDefault("modelspec.architecture", "");
        if (architecture.startsWith("stable-diffusion-v2-")) {
            return architecture.endsWith("-v");
        }
        TensorInfo steps = file.tensors().get("global_step");
        if (steps != null) {
            return steps.count() != 1 || file.readFloats(steps.name()).values()[0] != BASE_MODELS_STEPS;
        }
        // Those for inpainting and depth predict noise.
        List<Long> first = file.tensor(UNET + "input_blocks.0.0.weight").shape();
        TensorInfo bias = file.tensors().get(LAST_BIAS);
        return first.size() == CONVOLUTION_SIZES
                && first.get(1) == LATENT_CHANNELS
                && (bias == null
                        || bias.count() > MOST_CHANNELS
                        || deviation(file.readFloats(LAST_BIAS)) > VELOCITY_MODELS_DEVIATION);
    }

    private static double deviation(Tensor tensor) {
        double sum = 0;
        double squares = 0;
        for (float value : tensor.values()) {
            sum += value;
            squares += (double) value * value;
        }
        int count = tensor.values().length;
        return Math.sqrt(Math.max(0, squares / count - sum / count * (sum / count)));
    }
}
