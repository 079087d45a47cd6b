package sc.fiji.diffusion.engine.blend;

import java.util.Locale;

/** What images between others are made for. */
public enum BlendKind {
    /** Pictures like one that is there. */
    VARIATION,
    /** The frames of a walk. */
    INTERPOLATION;

    /** For people, and in files, which rely on it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
