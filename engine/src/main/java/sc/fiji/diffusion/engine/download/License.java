package sc.fiji.diffusion.engine.download;

import java.util.Optional;

/**
 * What a model may be used for, in the words of who made it.
 *
 * @param name its identifier or name; {@code not stated} if the repository states none
 * @param address where to read it
 * @param text its own text, if the repository has it
 */
public record License(String name, String address, Optional<String> text) {

    /** What stands for the name of a licence that a repository does not state. */
    public static final String NOT_STATED = "not stated";

    /** A sentence, for questions. */
    public String sentence() {
        return name.equals(NOT_STATED)
                ? "The repository states no licence; what its makers say stands on " + address
                : "The model is licensed under " + name + ", see " + address;
    }
}
