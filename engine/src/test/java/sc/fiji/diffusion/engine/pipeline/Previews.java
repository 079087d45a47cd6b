package sc.fiji.diffusion.engine.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;

/** Somebody who looks at previews and keeps them. */
public final class Previews implements Progress {

    private final List<Kept> all = new ArrayList<>();
    private double share;

    /** One, with the share of the steps that were done when it came. */
    private record Kept(RgbImage picture, double share) {

        double distance(double other) {
            return Math.abs(share - other);
        }
    }

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
        all.add(new Kept(picture, share));
    }

    public List<RgbImage> pictures() {
        return all.stream().map(Kept::picture).toList();
    }

    /** Whether one came when about that share of the steps was done. */
    public boolean cameNear(double share) {
        return nearest(share).distance(share) < 0.1;
    }

    /** The one that came nearest to when that share of the steps was done. */
    public RgbImage near(double share) {
        return nearest(share).picture();
    }

    private Kept nearest(double share) {
        return all.stream()
                .min(Comparator.comparingDouble(kept -> kept.distance(share)))
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
