package sc.fiji.diffusion.provenance;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.prompt.PromptSyntax;
import sc.fiji.diffusion.engine.provenance.Computation;
import sc.fiji.diffusion.engine.provenance.Model;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.provenance.Sampling;
import sc.fiji.diffusion.engine.provenance.Task;
import sc.fiji.diffusion.engine.provenance.Texts;

/** Provenance as the engine gives it, without the engine. */
public final class Made {

    private Made() {}

    /** Of one picture of 12 × 10 pixels, from a text. */
    public static Provenance of(String prompt) {
        return of(prompt, 12, 10, 0, 1);
    }

    /** Of several pictures, from a text. */
    public static Provenance of(String prompt, int width, int height, long seed, int count) {
        Size size = new Size(width, height);
        return new Provenance(
                new Task.TextToImage(),
                new Texts(prompt, "", PromptSyntax.WEIGHTED, 0),
                new Sampling(size, size, 2, 7.5, "ddim", Optional.empty(), seed, count),
                new Model("tiny", "abc"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                OptionalInt.empty(),
                new Computation("1", "1", "cpu", "CPU", "float32", "fused", "linux amd64"),
                Instant.EPOCH);
    }
}
