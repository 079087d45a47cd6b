package sc.fiji.diffusion.engine.checkpoint.original;

/** What a safetensors file holds, told by the names of its tensors. */
public enum FileKind {
    EDM("a model with EDM's noise (Playground v2.5, CosXL)"),
    STABLE_DIFFUSION_1("Stable Diffusion 1.x"),
    STABLE_DIFFUSION_2("Stable Diffusion 2.x"),
    STABLE_DIFFUSION_XL("Stable Diffusion XL"),
    STABLE_DIFFUSION_XL_REFINER("the refiner of Stable Diffusion XL"),
    STABLE_DIFFUSION_3("Stable Diffusion 3"),
    FLUX("FLUX"),
    CONTROLNET("a ControlNet"),
    UNET_ORIGINAL("a UNet alone, without text encoder"),
    UNET_DIFFUSERS("a UNet alone, in diffusers' naming"),
    LORA_KOHYA("a LoRA in kohya's naming"),
    LORA_PEFT("a LoRA in PEFT's naming"),
    VAE_ORIGINAL("a VAE alone"),
    VAE_DIFFUSERS("a VAE alone, in diffusers' naming"),
    TINY_VAE("a tiny VAE (TAESD)"),
    TEXT_ENCODER("a text encoder alone"),
    TEXTUAL_INVERSION("a textual inversion embedding"),
    UPSCALER("an upscaler (ESRGAN)"),
    UNKNOWN("a safetensors file of an unknown kind");

    private final String label;

    FileKind(String label) {
        this.label = label;
    }

    /** Tells the kind of a file. */
    public static FileKind of(TensorShapes file) {
        for (FileKind kind : values()) {
            if (FileKindRules.fits(kind, file)) {
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
}
