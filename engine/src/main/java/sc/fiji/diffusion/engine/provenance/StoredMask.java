package sc.fiji.diffusion.engine.provenance;

import java.util.Objects;
import java.util.Optional;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.PixelHash;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Size;

/**
 * A mask, small enough to be kept with a picture.
 *
 * @param size of the whole mask, in pixels
 * @param bounds the smallest rectangle that holds all that is above 0
 * @param kind how the values in it are
 * @param sha256 of the mask, as {@link PixelHash} takes it, in hexadecimal
 * @param levels Base64 of the zlib stream of the rectangle's values in 255ths, row by row, a byte each; empty for a
 *     rectangle, and where they are no whole 255ths or take too much
 */
public record StoredMask(Size size, Region bounds, Kind kind, String sha256, Optional<String> levels) {

    /** How a mask's values are. */
    public enum Kind {
        /** All that is in the bounds is made anew. */
        RECTANGLE,
        /** 0 or 1. */
        SHAPE,
        /** Others too. */
        SOFT
    }

    /** Of Base64; a brush's stroke takes hundreds, and an outline by hand thousands. */
    static final int MOST_CHARACTERS = 1 << 20;

    private static final float WHITE = 255f;

    public StoredMask {
        Objects.requireNonNull(size, "size");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(levels, "levels");
        bounds.requireInside(size.width(), size.height());
    }

    /** @param mask with a value above 0 */
    public static StoredMask of(Mask mask) {
        Region bounds = mask.bounds().orElseThrow();
        float[] values = mask.crop(bounds).values();
        byte[] levels = new byte[values.length];
        boolean isFull = true;
        boolean isHard = true;
        boolean isExact = true;
        for (int i = 0; i < values.length; i++) {
            int level = Math.round(WHITE * values[i]);
            levels[i] = (byte) level;
            isFull &= values[i] == 1;
            isHard &= values[i] == 0 || values[i] == 1;
            isExact &= level >= 0 && level <= WHITE && level / WHITE == values[i];
        }
        Optional<String> stored = Optional.empty();
        if (!isFull && isExact) {
            stored = Optional.of(PackedBytes.pack(levels)).filter(text -> text.length() <= MOST_CHARACTERS);
        }
        Kind kind = isFull ? Kind.RECTANGLE : isHard ? Kind.SHAPE : Kind.SOFT;
        return new StoredMask(new Size(mask.width(), mask.height()), bounds, kind, PixelHash.of(mask), stored);
    }

    /** The mask as it was; empty if it was not kept, or what was kept is damaged. Takes the memory of a mask. */
    public Optional<Mask> mask() {
        Optional<Mask> mask =
                kind == Kind.RECTANGLE ? Optional.of(Mask.of(bounds, size.width(), size.height())) : unpacked();
        return mask.filter(found -> PixelHash.of(found).equals(sha256));
    }

    private Optional<Mask> unpacked() {
        int pixels = Math.multiplyExact(bounds.width(), bounds.height());
        return levels.flatMap(text -> PackedBytes.unpack(text, pixels))
                .filter(bytes -> bytes.length == pixels)
                .map(this::placed);
    }

    private Mask placed(byte[] bytes) {
        float[] values = new float[Math.multiplyExact(size.width(), size.height())];
        for (int i = 0; i < bytes.length; i++) {
            int y = bounds.y() + i / bounds.width();
            values[y * size.width() + bounds.x() + i % bounds.width()] = (bytes[i] & 0xff) / WHITE;
        }
        return new Mask(size.width(), size.height(), values);
    }

    /** For people. */
    String text() {
        String shape =
                switch (kind) {
                    case RECTANGLE -> "rectangle";
                    case SHAPE -> "shape within";
                    case SOFT -> "soft shape within";
                };
        return shape + " " + bounds.width() + " x " + bounds.height() + " at " + bounds.x() + "," + bounds.y()
                + ", SHA-256 " + sha256;
    }
}
