package sc.fiji.diffusion.engine.provenance;

import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A file that the model was adapted by.
 *
 * @param kind what it is
 * @param name the file's without its ending
 * @param strength how strongly it changed the UNet; empty for what has no strength
 * @param textEncoderStrength how strongly it changed the text encoder; empty for what has no strength
 * @param sha256 of the file, in hexadecimal
 * @param note what of it could not be used; usually empty
 */
public record Adapter(
        Kind kind,
        String name,
        OptionalDouble strength,
        OptionalDouble textEncoderStrength,
        String sha256,
        String note) {

    public Adapter {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(strength, "strength");
        Objects.requireNonNull(textEncoderStrength, "textEncoderStrength");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(note, "note");
    }

    /** The kinds of files that adapt a model. */
    public enum Kind {
        LORA("LoRA"),
        TEXTUAL_INVERSION("Textual inversion");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** For people. */
        public String label() {
            return label;
        }

        /** In JSON, such as {@code lora}. */
        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private String strengths() {
        return strength.equals(textEncoderStrength) || textEncoderStrength.isEmpty()
                ? Double.toString(strength.getAsDouble())
                : strength.getAsDouble() + " (UNet), " + textEncoderStrength.getAsDouble() + " (text encoder)";
    }

    /** For people, without the kind. */
    String text() {
        return name
                + (strength.isEmpty() ? "" : ", strength " + strengths())
                + ", SHA-256 "
                + sha256
                + (note.isEmpty() ? "" : " (" + note + ")");
    }
}
