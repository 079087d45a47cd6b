package sc.fiji.diffusion.engine.scheduler;

/** Timesteps in the types in which they are reckoned with and handed out. */
final class Timesteps {

    private Timesteps() {}

    /** Rounded to the nearest, halves to the even, as numpy rounds. */
    static int[] rounded(double[] timesteps) {
        int[] whole = new int[timesteps.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (int) Math.rint(timesteps[i]);
        }
        return whole;
    }

    /** Without what is behind the decimal point, as PyTorch makes integers. */
    static int[] truncated(double[] timesteps) {
        int[] whole = new int[timesteps.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (int) timesteps[i];
        }
        return whole;
    }

    /** The first of some. */
    static double[] whole(int[] timesteps, int count) {
        double[] whole = new double[count];
        for (int i = 0; i < count; i++) {
            whole[i] = timesteps[i];
        }
        return whole;
    }

    /** To the nearest numbers of single precision. */
    static double[] single(double[] timesteps) {
        double[] single = new double[timesteps.length];
        for (int i = 0; i < single.length; i++) {
            single[i] = (float) timesteps[i];
        }
        return single;
    }

    static float[] floats(int[] timesteps) {
        float[] floats = new float[timesteps.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = timesteps[i];
        }
        return floats;
    }

    static float[] floats(double[] timesteps) {
        float[] floats = new float[timesteps.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) timesteps[i];
        }
        return floats;
    }
}
