package sc.fiji.diffusion.engine.image;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How a picture is cut into tiles that overlap.
 *
 * @param canvas what the tiles cover: the picture, its sides rounded up to multiples of a latent's pixels
 * @param across the columns of tiles
 * @param down the rows of tiles
 */
public record TileLayout(Size canvas, TileAxis across, TileAxis down) {

    /**
     * The layout of square tiles for a picture.
     *
     * @param picture neither narrower nor lower than a tile
     * @param tile width and height of each
     * @param factor that divides the tile and all places: the VAE's
     * @param overlap the share of a tile that it has at least in common with the next, 0 to 0.5
     */
    public static TileLayout of(Size picture, int tile, int factor, double overlap) {
        Size canvas = new Size(multiple(picture.width(), factor), multiple(picture.height(), factor));
        return new TileLayout(
                canvas,
                TileAxis.of(canvas.width(), tile, factor, overlap),
                TileAxis.of(canvas.height(), tile, factor, overlap));
    }

    /** The same tiles over something so many times as wide and high. */
    public TileLayout scaled(int factor) {
        return new TileLayout(
                new Size(factor * canvas.width(), factor * canvas.height()),
                across.scaled(factor),
                down.scaled(factor));
    }

    /** Row by row. */
    public List<Region> tiles() {
        return IntStream.range(0, across.count() * down.count())
                .mapToObj(index -> new Region(
                        across.starts().get(index % across.count()),
                        down.starts().get(index / across.count()),
                        across.tile(),
                        down.tile()))
                .toList();
    }

    /** How much a tile's columns count, as {@link TileAxis#weights} says. */
    public double[] columnWeights(int tileIndex) {
        return across.weights(tileIndex % across.count());
    }

    /** The same for its rows; a pixel counts the product of both. */
    public double[] rowWeights(int tileIndex) {
        return down.weights(tileIndex / across.count());
    }

    private static int multiple(int side, int factor) {
        return (side + factor - 1) / factor * factor;
    }
}
