package sc.fiji.diffusion.engine.graph;

import java.util.Locale;

/** The numbers that a network computes with. Whatever it is, networks take and give float32. */
public enum Precision {
    FLOAT32,
    /** Half of the memory, and on GPUs twice the speed; what overflows or must be summed up exactly stays float32. */
    FLOAT16,
    /**
     * Weights and what they are multiplied with in 8 bits, where that pays: in convolutions and linear layers over whole
     * pictures. Everything else is float32.
     */
    INT8;

    /** As users type it, such as {@code int8}. */
    public String typed() {
        return name().toLowerCase(Locale.ROOT);
    }
}
