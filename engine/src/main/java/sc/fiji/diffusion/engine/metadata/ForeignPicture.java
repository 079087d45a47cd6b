package sc.fiji.diffusion.engine.metadata;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.prompt.PromptSyntax;
import sc.fiji.diffusion.engine.provenance.Computation;
import sc.fiji.diffusion.engine.provenance.Model;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.provenance.Sampling;
import sc.fiji.diffusion.engine.provenance.Task;
import sc.fiji.diffusion.engine.provenance.Texts;

/** What another tool says of a picture, gathered piece by piece; what it does not say stays empty. */
final class ForeignPicture {

    private static final int LARGEST_SIDE = 1 << 20;
    private static final int LONGEST_NUMBER = 24;

    String prompt = "";
    String negativePrompt = "";
    int clipSkip;
    int steps;
    double guidanceScale;
    String scheduler = "";
    /** -1 if it is not known, or larger than ours can be. */
    long seed = -1;

    String modelName = "";
    String modelHash = "";
    Task task = new Task.TextToImage();
    private final String software;
    private Size size;

    /**
     * @param software that made it, with its version
     * @param ofFile the size of the picture in the file, unless it says another one
     */
    ForeignPicture(String software, Size ofFile) {
        this.software = software;
        this.size = ofFile;
    }

    void size(int width, int height) {
        if (width > 0 && height > 0 && width <= LARGEST_SIDE && height <= LARGEST_SIDE) {
            size = new Size(width, height);
        }
    }

    Provenance provenance() {
        return new Provenance(
                task,
                new Texts(prompt, negativePrompt, PromptSyntax.WEIGHTED, clipSkip),
                new Sampling(size, size, steps, guidanceScale, scheduler, Optional.empty(), seed, 1),
                new Model(modelName, modelHash, !modelHash.isEmpty(), Optional.empty(), List.of(), List.of()),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                OptionalInt.empty(),
                new Computation(software, "", "", "", "", "", ""),
                Instant.EPOCH);
    }

    /** 0 if it is none. */
    static int integer(String text) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, number(text).orElse(0)));
    }

    static OptionalDouble number(String text) {
        if (text == null || text.length() > LONGEST_NUMBER) {
            return OptionalDouble.empty();
        }
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    static long seed(String text) {
        try {
            return text == null ? -1 : Math.max(-1, Long.parseLong(text));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
