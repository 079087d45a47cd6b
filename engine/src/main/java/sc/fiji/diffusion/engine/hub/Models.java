package sc.fiji.diffusion.engine.hub;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import sc.fiji.diffusion.engine.RequestException;

/** Finds a model by what the user calls it. */
public final class Models {

    /** The name of the model that ships inside the engine. */
    public static final String EMBEDDED = "micrograph";

    private Models() {}

    /**
     * The folder or file of a model.
     *
     * @param nameOrPath {@link #EMBEDDED}, or the path of a model's folder or file
     * @throws RequestException if it is not a path at all; whether it holds a model shows when it is opened
     */
    public static Path locate(String nameOrPath) {
        if (nameOrPath.equals(EMBEDDED)) {
            return EmbeddedModel.unpacked();
        }
        try {
            return Path.of(nameOrPath);
        } catch (InvalidPathException e) {
            throw new RequestException(
                    "model: expected " + EMBEDDED + " or a model's folder or file, found " + nameOrPath, e);
        }
    }
}
