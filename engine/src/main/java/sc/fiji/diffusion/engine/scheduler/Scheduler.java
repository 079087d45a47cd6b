package sc.fiji.diffusion.engine.scheduler;

/**
 * One run from noise to latents. Made by {@link SchedulerConfig#create}, used for one run and thrown away: schedulers
 * of several steps remember earlier answers of the model. Not thread-safe.
 *
 * <pre>{@code
 * float[] timesteps = scheduler.timesteps();
 * float[] sample = noise * scheduler.initNoiseSigma();
 * for (int index = 0; index < timesteps.length; index++) {
 *     float[] modelInput = scheduler.scaleModelInput(sample, index);
 *     float[] modelOutput = unet(modelInput, timesteps[index]);
 *     sample = scheduler.step(modelOutput, index, sample, noiseSource);
 * }
 * }</pre>
 *
 * <p>What holds for every scheduler:
 *
 * <ul>
 *   <li>Arrays are a whole batch, flattened in any order: no element of a result depends on any other element's value,
 *       so a batch gives what its parts give alone (if their noise is the same); but with dynamic thresholding, an
 *       array is one image. Arrays handed in are never changed or kept, arrays handed out are new.
 *   <li>{@link #step} may begin at any index that {@link #begin} gives (image-to-image begins later, at
 *       {@code addNoise(original, noise, index)}), and then takes the indices one by one; anything else is an
 *       {@link IllegalStateException}, an index out of range an {@link IndexOutOfBoundsException}, arrays of unequal
 *       length an {@link IllegalArgumentException}.
 *   <li>The same calls with the same values give the same values, bit by bit.
 * </ul>
 */
public interface Scheduler {

    /**
     * The timesteps to give to the model, one for each call of it, from the noisiest to the cleanest: 0 to the
     * number of training timesteps, not always whole; or, if the model was trained so, a quarter of the noise level's
     * logarithm. There can be more of them than steps were asked for (PNDM; Heun and DPM2 call the model twice a step),
     * and a timestep can come twice in a row (these too; sigmas nearer than whole timesteps), or rise by less than one
     * where but some are rounded (DPM2).
     */
    float[] timesteps();

    /**
     * The index of the timestep at which a run begins that leaves out some steps, as image-to-image does.
     *
     * @param leftOut 0 or more, fewer than the steps that were asked for
     * @throws sc.fiji.diffusion.engine.RequestException if this scheduler must begin with its first step, and it is left
     *     out
     */
    int begin(int leftOut);

    /** What standard normal noise is multiplied with to become the first sample. */
    float initNoiseSigma();

    /** The sample as the model wants to see it at {@code timesteps()[index]}. */
    float[] scaleModelInput(float[] sample, int index);

    /**
     * The sample after {@code timesteps()[index]}.
     *
     * @param modelOutput the model's answer to {@link #scaleModelInput} (after guidance)
     * @param index of the timestep
     * @param sample the sample before, unscaled
     * @param noise drawn from once, for {@code sample.length} values, at those steps at which noise is added; not
     *     touched at others
     */
    float[] step(float[] modelOutput, int index, float[] sample, NoiseSource noise);

    /**
     * A clean sample with as much noise as there is at {@code timesteps()[index]}; where image-to-image begins. It
     * can be called at any time and changes nothing.
     *
     * @param noise standard normal values, as many as {@code original} has
     */
    float[] addNoise(float[] original, float[] noise, int index);
}
