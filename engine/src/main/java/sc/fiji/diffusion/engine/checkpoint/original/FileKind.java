package sc.fiji.diffusion.engine.checkpoint.original;

import java.util.List;
import java.util.function.Predicate;

/** What a safetensors file holds, told by the names of its tensors. */
public enum FileKind {
    STABLE_DIFFUSION_1("Stable Diffusion 1.x", file -> hasUNet(file) && file.hasBelow("cond_stage_model.transformer.")),
    STABLE_DIFFUSION_2("Stable Diffusion 2.x", file -> hasUNet(file) && file.hasBelow("cond_stage_model.model.")),
    STABLE_DIFFUSION_XL("Stable Diffusion XL", file -> hasUNet(file) && file.hasBelow("conditioner.embedders.1.")),
    STABLE_DIFFUSION_XL_REFINER(
            "the refiner of Stable Diffusion XL", file -> hasUNet(file) && file.hasBelow("conditioner.embedders.0.")),
    STABLE_DIFFUSION_3("Stable Diffusion 3", file -> holds(file, "joint_blocks.0.")),
    FLUX("FLUX", file -> holds(file, "double_blocks.0.")),
    CONTROLNET(
            "a ControlNet",
            file -> file.hasBelow("controlnet_cond_embedding.")
                    || file.hasBelow("control_model.")
                    || file.hasBelow("input_hint_block.")),
    UNET_ORIGINAL("a UNet alone, without text encoder and VAE", FileKind::hasUNet),
    UNET_DIFFUSERS(
            "a UNet alone, in diffusers' naming",
            file -> file.hasBelow("down_blocks.0.") && file.hasBelow("time_embedding.")),
    LORA_KOHYA("a LoRA in kohya's naming", file -> endsWith(file, ".lora_down.weight", "_w1_a", "lokr_w1")),
    LORA_PEFT("a LoRA in PEFT's naming", file -> endsWith(file, ".lora_A.weight", ".lora.down.weight")),
    VAE_ORIGINAL("a VAE alone", file -> OriginalVaeFile.find(file).isPresent()),
    VAE_DIFFUSERS("a VAE alone, in diffusers' naming", file -> file.hasBelow("decoder.up_blocks.0.")),
    TINY_VAE(
            "a tiny VAE (TAESD)",
            file -> file.hasBelow("decoder.layers.") || file.hasBelow("encoder.layers.0.") || file.has("1.conv.0.weight")
                    || file.has("3.conv.0.weight")),
    TEXT_ENCODER("a text encoder alone", file -> file.hasBelow("text_model.embeddings.")),
    TEXTUAL_INVERSION("a textual inversion embedding", FileKind::isEmbedding),
    UPSCALER("an upscaler (ESRGAN)", file -> file.hasBelow("conv_first.") || file.hasBelow("model.1.sub.")),
    UNKNOWN("a safetensors file of an unknown kind", file -> true);

    private static final String UNET = "model.diffusion_model.";
    private static final int LONGEST_EMBEDDING = 1024;

    private final String label;
    private final Predicate<TensorShapes> recognises;

    FileKind(String label, Predicate<TensorShapes> recognises) {
        this.label = label;
        this.recognises = recognises;
    }

    /** The first kind that fits. */
    public static FileKind of(TensorShapes file) {
        for (FileKind kind : values()) {
            if (kind.recognises.test(file)) {
                return kind;
            }
        }
        return UNKNOWN;
    }

    /** What to call it in a sentence. */
    public String label() {
        return label;
    }

    /** Whether it is a whole model that can make images here. */
    public boolean isWholeModel() {
        return this == STABLE_DIFFUSION_1 || this == STABLE_DIFFUSION_2 || this == STABLE_DIFFUSION_XL;
    }

    private static boolean hasUNet(TensorShapes file) {
        return file.hasBelow(UNET + "input_blocks.");
    }

    private static boolean holds(TensorShapes file, String start) {
        return file.hasBelow(start) || file.hasBelow(UNET + start);
    }

    private static boolean endsWith(TensorShapes file, String... ends) {
        return file.names().stream().anyMatch(name -> List.of(ends).stream().anyMatch(name::endsWith));
    }

    /** One vector or several, under one name; in SDXL one for each text encoder. */
    private static boolean isEmbedding(TensorShapes file) {
        boolean vectors = file.names().stream().allMatch(name -> {
            List<Integer> shape = file.shape(name);
            return shape.size() == 1 || (shape.size() == 2 && shape.get(0) <= LONGEST_EMBEDDING);
        });
        boolean named = file.has("emb_params") || (file.has("clip_l") && file.has("clip_g"));
        return vectors && (named || file.names().size() == 1);
    }
}
