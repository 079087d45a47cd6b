package sc.fiji.diffusion.engine.upscale;

import java.util.ArrayList;
import java.util.List;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.scheduler.NoiseSource;

/**
 * Noise over the latents of a whole picture, of which each tile sees its part: where two tiles overlap, both begin with
 * the same noise, and so come to make the same. Draws are kept until all tiles have had them. A field draws as its
 * source does for one picture of that size, so that one tile that is the whole picture makes what image to image makes.
 */
final class NoiseField {

    private final NoiseSource source;
    private final Size latents;
    /** Each {@code [channels, h, w]} over all latents. */
    private final List<float[]> draws = new ArrayList<>();

    /** @param latents width and height of the whole picture's */
    NoiseField(NoiseSource source, Size latents) {
        this.source = source;
        this.latents = latents;
    }

    /**
     * What a tile draws from; each of its draws fills the tile, in any number of channels.
     *
     * @param tile in latents, inside the field
     */
    NoiseSource of(Region tile) {
        return new NoiseSource() {
            private int drawn;

            @Override
            public float[] next(int length) {
                return part(drawn++, tile, length);
            }
        };
    }

    private float[] part(int draw, Region tile, int length) {
        int plane = tile.width() * tile.height();
        int channels = length / plane;
        int fieldLength = channels * latents.width() * latents.height();
        if (draw == draws.size()) {
            draws.add(source.next(fieldLength));
        }
        float[] field = draws.get(draw);
        if (channels * plane != length || field.length != fieldLength) {
            throw new IllegalArgumentException("noise: expected draws that fill a tile of " + tile.width() + "×"
                    + tile.height() + " latents, the same in each tile, found one of " + length + " values");
        }
        float[] part = new float[length];
        for (int row = 0; row < channels * tile.height(); row++) {
            int channel = row / tile.height();
            int y = tile.y() + row % tile.height();
            int from = (channel * latents.height() + y) * latents.width() + tile.x();
            System.arraycopy(field, from, part, row * tile.width(), tile.width());
        }
        return part;
    }
}
