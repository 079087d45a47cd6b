package sc.fiji.diffusion.engine.scheduler;

/** Where a scheduler that adds noise while it runs draws it from. */
@FunctionalInterface
public interface NoiseSource {

    /** The next {@code length} values of a standard normal distribution: mean 0, variance 1. */
    float[] next(int length);
}
