package sc.fiji.diffusion.altered;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.BitSet;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The altered pixels of one slice, packed as they are written: so a stack of which every slice was worked on takes
 * hardly more memory than one, and is written without packing all of them anew.
 *
 * @param text Base64 of the zlib stream of the pixels, row by row, eight to a byte, the first in the lowest bit, zero
 *     bytes at the end left out
 * @param count how many they are
 */
record AlteredSlice(String text, int count) {

    private static final int CHUNK = 8192;

    static AlteredSlice of(BitSet pixels) {
        return new AlteredSlice(
                Base64.getEncoder().encodeToString(deflate(pixels.toByteArray())), pixels.cardinality());
    }

    /** Empty unless it is exactly one zlib stream of no more than that many bits. */
    static Optional<AlteredSlice> read(String text, int bits) {
        return inflate(text, bits).map(pixels -> new AlteredSlice(text, pixels.cardinality()));
    }

    /** @param bits pixels of the slice */
    BitSet pixels(int bits) {
        return inflate(text, bits).orElseThrow();
    }

    private static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] chunk = new byte[CHUNK];
            while (!deflater.finished()) {
                out.write(chunk, 0, deflater.deflate(chunk));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static Optional<BitSet> inflate(String base64, int bits) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(Base64.getDecoder().decode(base64));
            // A byte more than there can be, so that what is too long shows.
            byte[] bytes = new byte[bits / 8 + 2];
            inflater.inflate(bytes);
            BitSet pixels = BitSet.valueOf(bytes);
            boolean whole = inflater.finished() && inflater.getRemaining() == 0;
            return whole && pixels.length() <= bits ? Optional.of(pixels) : Optional.empty();
        } catch (DataFormatException | IllegalArgumentException e) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }
}
