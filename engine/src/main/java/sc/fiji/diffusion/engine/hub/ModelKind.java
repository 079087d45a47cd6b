package sc.fiji.diffusion.engine.hub;

/** What a model is there for, as far as its files' names and configuration tell without reading weights. */
public enum ModelKind {
    /** Makes images by itself: a folder with all its networks. */
    PIPELINE("whole model"),
    CONTROLNET("ControlNet"),
    VAE("VAE"),
    TOKENIZER("tokenizer"),
    /** Safetensors files whose names say nothing: a whole model, a LoRA or part of one. */
    FILE("safetensors"),
    /** Of another family, or not known. */
    OTHER("other");

    private final String label;

    ModelKind(String label) {
        this.label = label;
    }

    /** For lists, such as {@code ControlNet}. */
    public String label() {
        return label;
    }

    /** Whether it is of that kind, or a single file, which may be of any. */
    public boolean mayBe(ModelKind wanted) {
        return this == wanted || this == FILE;
    }
}
