package sc.fiji.diffusion.engine.network;

import java.util.Locale;
import java.util.Objects;
import sc.fiji.diffusion.engine.graph.Precision;

/**
 * How networks are written.
 *
 * @param operators which nodes they are made of
 * @param precision what they compute with
 */
public record GraphForm(Operators operators, Precision precision) {

    /** What runs everywhere, fast. */
    public static final GraphForm USUAL = new GraphForm(Operators.FUSED, Precision.FLOAT32);

    public GraphForm {
        Objects.requireNonNull(operators, "operators");
        Objects.requireNonNull(precision, "precision");
    }

    /** Which nodes a network is made of. */
    public enum Operators {
        /** Nodes of ONNX Runtime's own that do several steps at once. */
        FUSED,
        /** The standard's alone, as exporters write them: to compare with. */
        PLAIN;

        /** In a word, such as {@code fused}. */
        public String typed() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same in float32. */
    public GraphForm exact() {
        return new GraphForm(operators, Precision.FLOAT32);
    }

    /** Whether only the standard's nodes may be used. */
    boolean isPlain() {
        return operators == Operators.PLAIN;
    }
}
