package sc.fiji.diffusion.engine.scheduler;

import sc.fiji.diffusion.engine.RequestException;

/** How the timesteps of a run are picked from those of the training (Lin et al. 2023, arXiv 2305.08891, Table 2). */
enum TimestepSpacing implements ConfigFields.Word {
    /** Evenly from the last to timestep 0. */
    LINSPACE,
    /** Multiples of a whole number from 0 up, plus an offset: without the noisiest. */
    LEADING,
    /** Counted down from the noisiest: without the cleanest. */
    TRAILING;

    static TimestepSpacing read(ConfigFields fields, TimestepSpacing otherwise) {
        return fields.word("timestep_spacing", TimestepSpacing.class, otherwise);
    }

    static int readOffset(ConfigFields fields) {
        return fields.integer("steps_offset", 0, 1000, 0);
    }

    /**
     * Timesteps, falling; whole numbers, but not rounded with {@link #LINSPACE}.
     *
     * @param offset added with {@link #LEADING}
     * @throws RequestException if the offset leads past the last timestep of the training
     */
    double[] timesteps(int steps, int numTrainTimesteps, int offset) {
        double[] timesteps =
                switch (this) {
                    case LINSPACE -> reversed(evenly(0, numTrainTimesteps - 1.0, steps));
                    case LEADING -> leading(steps, numTrainTimesteps / steps, offset);
                    case TRAILING -> trailing(steps, numTrainTimesteps);
                };
        if (timesteps[0] > numTrainTimesteps - 1) {
            throw new RequestException("steps: expected so many that this scheduler's first timestep is at most "
                    + (numTrainTimesteps - 1) + ", found so many that it is " + (int) timesteps[0]
                    + " (steps_offset is " + offset + ")");
        }
        return timesteps;
    }

    private static double[] leading(int steps, int stride, int offset) {
        double[] timesteps = new double[steps];
        for (int i = 0; i < steps; i++) {
            timesteps[i] = (steps - 1 - i) * stride + offset;
        }
        return timesteps;
    }

    private static double[] trailing(int steps, int numTrainTimesteps) {
        double[] timesteps = new double[steps];
        // As numpy.arange counts down, so that halves are rounded to the same side.
        double stride = numTrainTimesteps - (numTrainTimesteps - (double) numTrainTimesteps / steps);
        for (int i = 0; i < steps; i++) {
            timesteps[i] = Math.rint(numTrainTimesteps - i * stride) - 1;
        }
        return timesteps;
    }

    /** As numpy.linspace: both ends included; the first alone if there is but one. */
    static double[] evenly(double first, double last, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = i == 0 ? first : first + i * ((last - first) / (count - 1));
        }
        if (count > 1) {
            values[count - 1] = last;
        }
        return values;
    }

    private static double[] reversed(double[] values) {
        double[] reversed = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            reversed[i] = values[values.length - 1 - i];
        }
        return reversed;
    }
}
