package sc.fiji.diffusion.engine.provenance;

import java.util.Objects;
import java.util.Optional;
import sc.fiji.diffusion.engine.image.Size;

/**
 * How noise became pictures.
 *
 * @param size of the pictures, in pixels
 * @param work the size that the pipeline was asked for: a given picture is brought to it, and what comes of it to
 *     {@code size}
 * @param steps denoising steps asked for
 * @param guidanceScale classifier-free guidance
 * @param scheduler its name as on the command line, or the class if it has none
 * @param schedulerConfig the scheduler's whole configuration as JSON, where the name alone does not tell it
 * @param seed of the first picture; picture i, from 0, has {@code seed + i}
 * @param batchSize number of pictures
 */
public record Sampling(
        Size size,
        Size work,
        int steps,
        double guidanceScale,
        String scheduler,
        Optional<String> schedulerConfig,
        long seed,
        int batchSize) {

    public Sampling {
        Objects.requireNonNull(size, "size");
        Objects.requireNonNull(work, "work");
        Objects.requireNonNull(scheduler, "scheduler");
        Objects.requireNonNull(schedulerConfig, "schedulerConfig");
    }

    /** The same of pictures that were brought to another size. */
    public Sampling withSize(Size newSize) {
        return new Sampling(newSize, work, steps, guidanceScale, scheduler, schedulerConfig, seed, batchSize);
    }

    /** The same, with another size asked of the pipeline. */
    public Sampling withWork(Size newWork) {
        return new Sampling(size, newWork, steps, guidanceScale, scheduler, schedulerConfig, seed, batchSize);
    }

    /** The same of other pictures. */
    public Sampling withSeeds(long newSeed, int newBatchSize) {
        return new Sampling(size, work, steps, guidanceScale, scheduler, schedulerConfig, newSeed, newBatchSize);
    }
}
