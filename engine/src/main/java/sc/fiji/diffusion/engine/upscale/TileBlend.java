package sc.fiji.diffusion.engine.upscale;

import java.util.List;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.image.TileLayout;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** A picture that is put together from tiles, one after the other: the sum of all, each with its weights. */
final class TileBlend {

    private final Size picture;
    private final TileLayout layout;
    private final List<Region> tiles;
    private final float[] samples;

    TileBlend(Size picture, TileLayout layout) {
        this.picture = picture;
        this.layout = layout;
        tiles = layout.tiles();
        samples = new float[Tensor.count(picture.height(), picture.width(), 3)];
    }

    /** Adds a tile; what of it lies beyond the picture is left out. */
    void add(int tileIndex, RgbImage made) {
        Region place = tiles.get(tileIndex);
        double[] columns = layout.columnWeights(tileIndex);
        double[] rows = layout.rowWeights(tileIndex);
        Region inside = place.within(picture.width(), picture.height());
        for (int y = 0; y < inside.height(); y++) {
            int to = 3 * ((inside.y() + y) * picture.width() + inside.x());
            int from = 3 * y * place.width();
            for (int i = 0; i < 3 * inside.width(); i++) {
                samples[to + i] += (float) (rows[y] * columns[i / 3] * made.samples()[from + i]);
            }
        }
    }

    /** The picture, once every tile is there. */
    RgbImage picture() {
        for (int i = 0; i < samples.length; i++) {
            // The weights' sum may be 1 and a rounding error.
            samples[i] = Math.min(1, samples[i]);
        }
        return new RgbImage(picture.width(), picture.height(), samples);
    }
}
