package sc.fiji.diffusion.engine.checkpoint.original;

import java.util.List;
import java.util.stream.Stream;

/** The names that give a file's kind away; the first kind whose names are there is the file's. */
final class FileKindRules {

    private static final String UNET = "model.diffusion_model.";
    private static final int LONGEST_EMBEDDING = 1024;

    private FileKindRules() {}

    static boolean fits(FileKind kind, TensorShapes file) {
        return switch (kind) {
            case EDM -> hasUNet(file) && (file.has("edm_mean") || file.hasBelow("edm_vpred."));
            case STABLE_DIFFUSION_1 -> hasUNet(file) && file.hasBelow("cond_stage_model.transformer.");
            case STABLE_DIFFUSION_2 -> hasUNet(file) && file.hasBelow("cond_stage_model.model.");
            case STABLE_DIFFUSION_XL -> hasUNet(file) && file.hasBelow("conditioner.embedders.1.");
            case STABLE_DIFFUSION_XL_REFINER -> hasUNet(file) && file.hasBelow("conditioner.embedders.0.");
            case STABLE_DIFFUSION_3 -> anyBelow(file, "joint_blocks.0.", UNET + "joint_blocks.0.");
            case FLUX -> anyBelow(file, "double_blocks.0.", UNET + "double_blocks.0.");
            case CONTROLNET -> anyBelow(file, "controlnet_cond_embedding.", "control_model.", "input_hint_block.");
            case UNET_ORIGINAL -> hasUNet(file);
            case UNET_DIFFUSERS -> file.hasBelow("down_blocks.0.") && file.hasBelow("time_embedding.");
            case LORA_KOHYA -> anyEndsWith(file, ".lora_down.weight", "_w1_a", "lokr_w1");
            case LORA_PEFT -> anyEndsWith(file, ".lora_A.weight", ".lora.down.weight");
            case VAE_ORIGINAL -> OriginalVaeFile.find(file).isPresent();
            case VAE_DIFFUSERS -> file.hasBelow("decoder.up_blocks.0.");
            case TINY_VAE -> anyBelow(file, "decoder.layers.", "encoder.layers.0.", "1.conv.", "3.conv.");
            case TEXT_ENCODER -> file.hasBelow("text_model.embeddings.");
            case TEXTUAL_INVERSION -> isEmbedding(file);
            case UPSCALER -> anyBelow(file, "conv_first.", "model.1.sub.");
            case UNKNOWN -> true;
        };
    }

    private static boolean hasUNet(TensorShapes file) {
        return file.hasBelow(UNET + "input_blocks.");
    }

    private static boolean anyBelow(TensorShapes file, String... starts) {
        return Stream.of(starts).anyMatch(file::hasBelow);
    }

    private static boolean anyEndsWith(TensorShapes file, String... ends) {
        return file.names().stream().anyMatch(name -> Stream.of(ends).anyMatch(name::endsWith));
    }

    /** One vector or several, under one name; in SDXL under one for each text encoder. */
    private static boolean isEmbedding(TensorShapes file) {
        boolean vectors = file.names().stream().allMatch(name -> {
            List<Integer> shape = file.shape(name);
            return shape.size() == 1 || (shape.size() == 2 && shape.get(0) <= LONGEST_EMBEDDING);
        });
        boolean named = file.has("emb_params") || (file.has("clip_l") && file.has("clip_g"));
        return vectors && (named || file.names().size() == 1);
    }
}
