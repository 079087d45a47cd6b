package sc.fiji.diffusion.altered;

import java.util.BitSet;
import java.util.Optional;
import sc.fiji.diffusion.engine.provenance.PackedBytes;

/**
 * The altered pixels of one slice, packed as they are written: so a stack of which every slice was worked on takes
 * hardly more memory than one, and is written without packing all of them anew.
 *
 * @param text Base64 of the zlib stream of the pixels, row by row, eight to a byte, the first in the lowest bit, zero
 *     bytes at the end left out
 * @param count how many they are
 */
record AlteredSlice(String text, int count) {

    static AlteredSlice of(BitSet pixels) {
        return new AlteredSlice(PackedBytes.pack(pixels.toByteArray()), pixels.cardinality());
    }

    /** Empty unless it is exactly one zlib stream of no more than that many bits. */
    static Optional<AlteredSlice> read(String text, int bits) {
        return unpacked(text, bits).map(pixels -> new AlteredSlice(text, pixels.cardinality()));
    }

    /** @param bits pixels of the slice */
    BitSet pixels(int bits) {
        return unpacked(text, bits).orElseThrow();
    }

    private static Optional<BitSet> unpacked(String text, int bits) {
        return PackedBytes.unpack(text, bits / Byte.SIZE + 1)
                .map(BitSet::valueOf)
                .filter(pixels -> pixels.length() <= bits);
    }
}
