package sc.fiji.diffusion.engine.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;

/** Somebody who looks at previews and keeps them. */
public final class Previews implements Progress {

    private final List<RgbImage> pictures = new ArrayList<>();
    private final List<Double> shares = new ArrayList<>();
    private double share;

    @Override
    public void report(Stage stage, int done, int total) {
        share = stage == Stage.DENOISING ? done / (double) total : 0;
    }

    @Override
    public boolean wantsPreview() {
        return true;
    }

    @Override
    public void preview(RgbImage picture) {
        pictures.add(picture);
        shares.add(share);
    }

    public List<RgbImage> pictures() {
        return pictures;
    }

    /** Whether one came when about that share of the steps was done. */
    public boolean cameNear(double share) {
        return Math.abs(shares.get(nearest(share)) - share) < 0.1;
    }

    /** The one that came nearest to when that share of the steps was done. */
    public RgbImage near(double share) {
        return pictures.get(nearest(share));
    }

    private int nearest(double share) {
        return IntStream.range(0, shares.size())
                .boxed()
                .min(Comparator.comparingDouble(i -> Math.abs(shares.get(i) - share)))
                .orElseThrow(() -> new AssertionError("no previews"));
    }

    /** Pearson's, of all samples, at the size of the larger one. */
    public static double correlation(RgbImage small, RgbImage large) {
        float[] a = Resampling.resized(small, large.width(), large.height()).samples();
        float[] b = large.samples();
        double meanA = 0;
        double meanB = 0;
        for (int i = 0; i < a.length; i++) {
            meanA += a[i] / (double) a.length;
            meanB += b[i] / (double) a.length;
        }
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }
}
