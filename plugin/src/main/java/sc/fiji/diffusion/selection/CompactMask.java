package sc.fiji.diffusion.selection;

import java.util.Optional;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Size;

/**
 * A mask in a byte for each pixel of the rectangle that it fills, for those that wait for their turn: hundreds of small
 * selections in a large image would take gigabytes as they are.
 *
 * @param size of the whole mask
 * @param bounds the rectangle
 * @param levels its values in 255ths, row by row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CompactMask(Size size, Region bounds, byte[] levels) {

    private static final float WHITE = 255;

    /** Empty if nothing of the mask is above 0. Values are rounded to 255ths, which masks from selections are made of. */
    static Optional<CompactMask> of(Mask mask) {
        return mask.bounds().map(bounds -> {
            float[] values = mask.crop(bounds).values();
            byte[] levels = new byte[values.length];
            for (int i = 0; i < levels.length; i++) {
                levels[i] = (byte) Math.round(WHITE * values[i]);
            }
            return new CompactMask(new Size(mask.width(), mask.height()), bounds, levels);
        });
    }

    /** As it was. */
    Mask mask() {
        Mask mask = new Mask(size.width(), size.height(), new float[size.width() * size.height()]);
        addTo(mask);
        return mask;
    }

    /** Raises another mask of the same size to its own values where they are larger. */
    void addTo(Mask mask) {
        for (int i = 0; i < levels.length; i++) {
            int y = bounds.y() + i / bounds.width();
            int at = y * size.width() + bounds.x() + i % bounds.width();
            mask.values()[at] = Math.max(mask.values()[at], (levels[i] & 0xff) / WHITE);
        }
    }
}
