package sc.fiji.diffusion.engine.scheduler;

/** What all schedulers do alike: they take their steps one by one, and check what they are given. */
abstract class StepwiseScheduler implements Scheduler {

    private final float[] timesteps;
    private final int callsPerStep;
    private final StepOrder order;

    StepwiseScheduler(float[] timesteps) {
        this(timesteps, 1);
    }

    /** @param callsPerStep how many timesteps a step takes, but for the last, which may take fewer */
    StepwiseScheduler(float[] timesteps, int callsPerStep) {
        this.timesteps = timesteps;
        this.callsPerStep = callsPerStep;
        this.order = new StepOrder(timesteps.length, callsPerStep);
    }

    @Override
    public final float[] timesteps() {
        return timesteps.clone();
    }

    @Override
    public int begin(int leftOut) {
        return leftOut * callsPerStep;
    }

    @Override
    public float initNoiseSigma() {
        return 1;
    }

    @Override
    public float[] scaleModelInput(float[] sample, int index) {
        return sample.clone();
    }

    @Override
    public final float[] step(float[] modelOutput, int index, float[] sample, NoiseSource noise) {
        WeightedSum.requireSameLength(modelOutput, sample);
        order.take(index);
        return next(modelOutput, index, sample, noise);
    }

    /** As {@link #step}, whose arguments were checked. Called once for each index. */
    abstract float[] next(float[] modelOutput, int index, float[] sample, NoiseSource noise);

    /** Timesteps taken in this run, the one under way included. */
    final int taken() {
        return order.taken();
    }

    /** Whether this is the last timestep of the run. */
    final boolean isLast(int index) {
        return index == timesteps.length - 1;
    }
}
