package sc.fiji.diffusion.engine.scheduler;

/**
 * PyTorch's generator on the CPU: {@code torch.Generator("cpu").manual_seed(seed)} and {@code torch.randn} with it, so
 * that a seed makes the noise here that it makes in diffusers. Values agree to float32's last bits (the elementary
 * functions differ there). Not thread-safe.
 *
 * <p>As in ATen's {@code DistributionTemplates.h} ({@code normal_fill}, {@code normal_distribution}) and
 * {@code mt19937}.
 */
public final class TorchRandom implements NoiseSource {

    /** Fewer values than this are drawn one by one, in double precision. */
    private static final int BLOCK = 16;

    private final MersenneTwister twister;
    /** The second value of the last pair drawn one by one, kept over calls; NaN if there is none. */
    private double kept = Double.NaN;

    /** @param seed only the low 32 bits matter, as in PyTorch */
    public TorchRandom(long seed) {
        twister = new MersenneTwister((int) seed);
    }

    /** The next values of {@code torch.randn(length)}. */
    @Override
    public float[] next(int length) {
        float[] values = new float[length];
        if (length < BLOCK) {
            for (int i = 0; i < length; i++) {
                values[i] = (float) nextNormal();
            }
            return values;
        }
        fillUniform(values, 0);
        for (int start = 0; start + BLOCK <= length; start += BLOCK) {
            transformBlock(values, start);
        }
        if (length % BLOCK != 0) {
            // The tail is made of sixteen fresh values, which replace some that were made before.
            fillUniform(values, length - BLOCK);
            transformBlock(values, length - BLOCK);
        }
        return values;
    }

    private void fillUniform(float[] values, int start) {
        for (int i = start; i < values.length; i++) {
            values[i] = (twister.next() & 0xFFFFFF) * 0x1p-24f;
        }
    }

    /** Box and Muller's transform of sixteen uniform values: the first eight give radii, the last eight angles. */
    private static void transformBlock(float[] values, int start) {
        int half = BLOCK / 2;
        for (int i = start; i < start + half; i++) {
            double radius = Math.sqrt(-2 * Math.log(1 - values[i]));
            double angle = 2 * Math.PI * values[i + half];
            values[i] = (float) (radius * Math.cos(angle));
            values[i + half] = (float) (radius * Math.sin(angle));
        }
    }

    private double nextNormal() {
        if (!Double.isNaN(kept)) {
            double value = kept;
            kept = Double.NaN;
            return value;
        }
        double angle = 2 * Math.PI * nextUniform();
        double radius = Math.sqrt(-2 * Math.log1p(-nextUniform()));
        kept = radius * Math.sin(angle);
        return radius * Math.cos(angle);
    }

    /** 53 random bits: from 0 to below 1. The first of two numbers drawn is the upper half. */
    private double nextUniform() {
        long high = twister.next();
        long low = twister.next() & 0xFFFFFFFFL;
        return ((high << 32 | low) & ((1L << 53) - 1)) * 0x1p-53;
    }
}
