package sc.fiji.diffusion.engine.image;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Tiles along one axis: evenly laid, the first at the beginning, the last at the end.
 *
 * @param tile the length of each, in pixels
 * @param starts where they begin, in pixels, ascending
 */
public record TileAxis(int tile, List<Integer> starts) {

    public TileAxis {
        starts = List.copyOf(starts);
    }

    /**
     * As few tiles as do.
     *
     * @param length of the axis, a multiple of the factor, at least the tile's
     * @param tile a multiple of the factor
     * @param factor that divides where they begin: one latent's pixels
     * @param overlap the share of a tile that it has at least in common with the next, 0 to 0.5
     */
    public static TileAxis of(int length, int tile, int factor, double overlap) {
        int beyondFirst = (length - tile) / factor;
        int longestStep = Math.max(1, (int) Math.floor((double) tile / factor * (1 - overlap)));
        int steps = (beyondFirst + longestStep - 1) / longestStep;
        return new TileAxis(
                tile,
                IntStream.rangeClosed(0, steps)
                        .map(index -> steps == 0 ? 0 : factor * Math.round((float) index * beyondFirst / steps))
                        .boxed()
                        .toList());
    }

    /** How many tiles there are. */
    public int count() {
        return starts.size();
    }

    /** The same tiles over something so many times as long. */
    public TileAxis scaled(int factor) {
        return new TileAxis(
                factor * tile, starts.stream().map(start -> factor * start).toList());
    }

    /**
     * How much each pixel of a tile counts, {@code [tile]}. Over all tiles that cover a pixel it adds up to 1; towards
     * the edge of a tile that another one covers too, it falls to 0 as a squared sine.
     */
    public double[] weights(int index) {
        return IntStream.range(0, tile)
                .mapToDouble(pixel -> {
                    int place = starts.get(index) + pixel;
                    double sum = IntStream.range(0, count())
                            .mapToDouble(other -> fading(other, place))
                            .sum();
                    return fading(index, place) / sum;
                })
                .toArray();
    }

    private double fading(int index, int place) {
        int pixel = place - starts.get(index);
        if (pixel < 0 || pixel >= tile) {
            return 0;
        }
        double fading = 1;
        if (index > 0) {
            fading *= rise(pixel, starts.get(index - 1) + tile - starts.get(index));
        }
        if (index + 1 < count()) {
            fading *= rise(tile - 1 - pixel, starts.get(index) + tile - starts.get(index + 1));
        }
        return fading;
    }

    /** From 0 to 1 over so many pixels, then 1. */
    private static double rise(int pixel, int pixels) {
        double sine = pixel < pixels ? Math.sin(Math.PI / 2 * (pixel + 0.5) / pixels) : 1;
        return sine * sine;
    }
}
