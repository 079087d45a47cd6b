package sc.fiji.diffusion.engine.provenance;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.prompt.PromptSyntax;

/** Provenance to test with. */
public final class Provenances {

    private Provenances() {}

    /** With everything that there can be, and signs that formats stumble over. */
    public static Provenance full() {
        return new Provenance(
                inpainting(),
                new Texts("a \"red\" <cell>,\nwith {nuclei} & µ细胞", "ugly: 1, 2\\3", PromptSyntax.WEIGHTED, 1),
                new Sampling(
                        new Size(20, 10),
                        new Size(128, 64),
                        25,
                        7.5,
                        "EulerDiscreteScheduler",
                        Optional.of("{\"beta_end\":0.012}"),
                        1L << 60,
                        3),
                new Model(
                        "model",
                        "00ff".repeat(16),
                        true,
                        Optional.of(new WeightsFile("vae", "aa".repeat(32))),
                        List.of(
                                new Adapter(
                                        Adapter.Kind.LORA,
                                        "ink",
                                        OptionalDouble.of(0.8),
                                        OptionalDouble.of(0.5),
                                        "bb".repeat(32),
                                        "2 of 3 layers not used"),
                                new Adapter(
                                        Adapter.Kind.TEXTUAL_INVERSION,
                                        "ugly",
                                        OptionalDouble.empty(),
                                        OptionalDouble.empty(),
                                        "cc".repeat(32),
                                        "")),
                        List.of(new ControlNetUse(
                                "canny", "dd".repeat(32), 0.7, 0.1, 0.9, "ee".repeat(32), Optional.of("edges")))),
                Optional.of(new Source(new Size(20, 10), "ff".repeat(32))),
                Optional.of(new EditedImage(
                        "cells.tif",
                        "replace",
                        List.of(1, 2),
                        List.of("11".repeat(32), "22".repeat(32)),
                        List.of(0.0, -0.25),
                        List.of(255.0, 1e9),
                        Optional.of(new Region(1, 2, 3, 4)))),
                List.of("33".repeat(32), "44".repeat(32)),
                OptionalInt.of(1),
                new Computation("0.1.0", "1.29.0", "cuda:1", "CUDA 1", "float16", "fused", "linux amd64"),
                Instant.ofEpochSecond(1_234_567_890));
    }

    private static Task inpainting() {
        Mask mask = Mask.of(new Region(2, 3, 5, 4), 20, 10);
        mask.values()[3 * 20 + 2] = 0;
        return new Task.Inpainting(
                0.5,
                Optional.of(new Recipe("auto", OptionalInt.of(4), OptionalInt.empty(), Optional.of("blur"))),
                Optional.of(StoredMask.of(mask)));
    }
}
