package sc.fiji.diffusion.engine.upscale;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.TileAxis;
import sc.fiji.diffusion.engine.image.TileLayout;

/**
 * How much the tiles show: the mean absolute difference of neighbours across the lines on which tiles begin or end
 * inside the picture, over that across others. 1 where tiles leave no trace. As tiles begin with a latent, the others are
 * all that lie between two latents: a decoder may leave its own traces there, and resampling has a rhythm too.
 */
public final class TileSeam {

    /** Pixels of a latent. */
    private static final int FACTOR = 8;

    private TileSeam() {}

    /** NaN if there is one tile only. */
    public static double ratio(RgbImage image, TileLayout layout) {
        Set<Integer> columns = edges(layout.across(), image.width());
        Set<Integer> rows = edges(layout.down(), image.height());
        return gradient(image, columns::contains, rows::contains)
                / gradient(image, x -> isElsewhere(columns, x), y -> isElsewhere(rows, y));
    }

    /** Each {@code i} stands for the line between the pixels {@code i - 1} and {@code i}. */
    private static Set<Integer> edges(TileAxis axis, int length) {
        Set<Integer> edges = new TreeSet<>();
        for (int start : axis.starts()) {
            edges.addAll(List.of(start, start + axis.tile()));
        }
        edges.removeIf(edge -> edge <= 0 || edge >= length);
        return edges;
    }

    private static boolean isElsewhere(Set<Integer> edges, int line) {
        return line % FACTOR == 0 && !edges.contains(line);
    }

    private static double gradient(RgbImage image, IntPredicate columns, IntPredicate rows) {
        double sum = 0;
        long pairs = 0;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                if (x > 0 && columns.test(x)) {
                    sum += difference(image, x, y, x - 1, y);
                    pairs++;
                }
                if (y > 0 && rows.test(y)) {
                    sum += difference(image, x, y, x, y - 1);
                    pairs++;
                }
            }
        }
        return sum / pairs;
    }

    private static double difference(RgbImage image, int x, int y, int otherX, int otherY) {
        double sum = 0;
        for (int channel = 0; channel < 3; channel++) {
            sum += Math.abs(image.at(x, y, channel) - image.at(otherX, otherY, channel));
        }
        return sum / 3;
    }
}
