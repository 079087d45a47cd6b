package sc.fiji.diffusion.engine.pipeline;

import java.util.function.UnaryOperator;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.image.TileAxis;
import sc.fiji.diffusion.engine.image.TileLayout;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * How a picture goes through the VAE: as a whole, or, where that would take too much memory, in overlapping tiles as
 * large as may be. A network sees no further than its tile: near a tile's edge it lacks what lies beyond, and its norms
 * and its attention know the tile alone. So tiles have much in common, and where they do, the one fades into the other,
 * from nothing at its edge.
 *
 * @param latents the tiles over the latents
 * @param pixels the same tiles over the picture
 */
record LatentTiles(TileLayout latents, TileLayout pixels) {

    /** The share of a tile that it has at least in common with the next; diffusers' VAE has the same. */
    private static final double OVERLAP = 0.25;

    /** Latents along a side; in smaller tiles most would be edge. */
    private static final int SMALLEST_TILE = 32;

    /**
     * @param picture in pixels, a multiple of the factor along each side
     * @param factor pixels of a latent along a side
     * @param mostPixels that may go through the VAE at once
     */
    static LatentTiles of(Size picture, int factor, long mostPixels) {
        int width = picture.width() / factor;
        int height = picture.height() / factor;
        Size tile = tile(width, height, mostPixels / ((long) factor * factor));
        TileLayout latents = new TileLayout(
                new Size(width, height),
                TileAxis.of(width, tile.width(), 1, OVERLAP),
                TileAxis.of(height, tile.height(), 1, OVERLAP));
        return new LatentTiles(latents, latents.scaled(factor));
    }

    /** The largest that has at most so many latents; as good as square, unless a side of the picture is shorter. */
    private static Size tile(int width, int height, long most) {
        if ((long) width * height <= most) {
            return new Size(width, height);
        }
        int square = (int) Math.sqrt((double) most);
        int shorter = Math.min(Math.min(width, height), Math.max(square, SMALLEST_TILE));
        int longer = (int) Math.max(most / shorter, SMALLEST_TILE);
        return width < height
                ? new Size(shorter, Math.min(longer, height))
                : new Size(Math.min(longer, width), shorter);
    }

    /** Pixels of a tile. */
    long tilePixels() {
        return (long) pixels.across().tile() * pixels.down().tile();
    }

    /** {@code [1, channels, h, w]} to {@code [1, 3, h·factor, w·factor]}. */
    Tensor decoded(Tensor whole, UnaryOperator<Tensor> network) {
        return through(whole, latents, pixels, network);
    }

    /** {@code [1, 3, h·factor, w·factor]} to {@code [1, channels, h, w]}. */
    Tensor encoded(Tensor whole, UnaryOperator<Tensor> network) {
        return through(whole, pixels, latents, network);
    }

    private static Tensor through(Tensor whole, TileLayout from, TileLayout to, UnaryOperator<Tensor> network) {
        if (from.tiles().size() == 1) {
            return network.apply(whole);
        }
        Tensor sum = null;
        for (int tile = 0; tile < from.tiles().size(); tile++) {
            Tensor made = network.apply(cropped(whole, from.tiles().get(tile)));
            if (sum == null) {
                int[] shape = {
                    1, made.size(1), to.canvas().height(), to.canvas().width()
                };
                sum = new Tensor(shape, new float[Tensor.count(shape)]);
            }
            add(made, to, tile, sum);
        }
        return sum;
    }

    private static Tensor cropped(Tensor whole, Region region) {
        int channels = whole.size(1);
        int height = whole.size(2);
        int width = whole.size(3);
        float[] values = new float[Tensor.count(channels, region.height(), region.width())];
        for (int row = 0; row < channels * region.height(); row++) {
            int from = (row / region.height() * height + region.y() + row % region.height()) * width + region.x();
            System.arraycopy(whole.values(), from, values, row * region.width(), region.width());
        }
        return Tensor.of(values, 1, channels, region.height(), region.width());
    }

    private static void add(Tensor made, TileLayout layout, int tile, Tensor sum) {
        Region place = layout.tiles().get(tile);
        double[] columns = layout.columnWeights(tile);
        double[] rows = layout.rowWeights(tile);
        int height = layout.canvas().height();
        int width = layout.canvas().width();
        for (int channel = 0; channel < made.size(1); channel++) {
            for (int y = 0; y < place.height(); y++) {
                int to = (channel * height + place.y() + y) * width + place.x();
                int from = (channel * place.height() + y) * place.width();
                for (int x = 0; x < place.width(); x++) {
                    sum.values()[to + x] += (float) (rows[y] * columns[x] * made.values()[from + x]);
                }
            }
        }
    }
}
