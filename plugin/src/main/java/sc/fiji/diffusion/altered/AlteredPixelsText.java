package sc.fiji.diffusion.altered;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Altered pixels as text: {@code 1 <width>x<height>x<slices>}, then for each slice that has some a space and
 * {@code <stack index>:<Base64>} of the zlib stream of its pixels, row by row, eight to a byte, the first in the lowest
 * bit, zero bytes at the end left out.
 */
final class AlteredPixelsText {

    /** Files rely on it: it never changes. */
    static final String KEY = "Diffusion generated pixels";

    private static final Pattern HEAD = Pattern.compile("1 (\\d{1,9})x(\\d{1,9})x(\\d{1,9})");
    private static final Pattern SLICE_INDEX = Pattern.compile("\\d{1,9}");
    private static final int CHUNK = 8192;

    private AlteredPixelsText() {}

    static String write(AlteredPixels pixels) {
        StringBuilder text =
                new StringBuilder("1 " + pixels.width() + "x" + pixels.height() + "x" + pixels.stackSize());
        pixels.slices().forEach((stackIndex, slice) -> text.append(' ')
                .append(stackIndex)
                .append(':')
                .append(Base64.getEncoder().encodeToString(deflate(slice.toByteArray()))));
        return text.toString();
    }

    /**
     * Empty if the text is damaged or of an image of another size. Never takes more memory than one bit for each pixel
     * of the image, whatever a file may claim.
     *
     * @param none of the image that the text came with
     */
    static Optional<AlteredPixels> read(String text, AlteredPixels none) {
        int end = text.indexOf(' ', 2);
        if (end < 0 || !fits(HEAD.matcher(text.substring(0, end)), none)) {
            return Optional.empty();
        }
        AlteredPixels pixels = new AlteredPixels(none.width(), none.height(), none.stackSize());
        int previous = 0;
        while (end < text.length()) {
            int start = end + 1;
            int space = text.indexOf(' ', start);
            end = space < 0 ? text.length() : space;
            int stackIndex = readSlice(text.substring(start, end), previous, pixels);
            if (stackIndex < 0) {
                return Optional.empty();
            }
            previous = stackIndex;
        }
        return Optional.of(pixels);
    }

    /** Slices may have been appended since. */
    private static boolean fits(Matcher head, AlteredPixels image) {
        return head.matches()
                && Integer.parseInt(head.group(1)) == image.width()
                && Integer.parseInt(head.group(2)) == image.height()
                && Integer.parseInt(head.group(3)) <= image.stackSize();
    }

    /** The slice's index, or -1 if it is damaged. Indexes ascend, so that no slice is read twice. */
    private static int readSlice(String text, int previous, AlteredPixels pixels) {
        int colon = text.indexOf(':');
        if (colon < 0 || !SLICE_INDEX.matcher(text.substring(0, colon)).matches()) {
            return -1;
        }
        int stackIndex = Integer.parseInt(text.substring(0, colon));
        int count = pixels.width() * pixels.height();
        Optional<BitSet> slice = inflate(text.substring(colon + 1), count);
        if (stackIndex <= previous || stackIndex > pixels.stackSize() || slice.isEmpty()) {
            return -1;
        }
        pixels.add(stackIndex, slice.get());
        return stackIndex;
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

    /** Empty unless it is exactly one zlib stream of no more than that many bits. */
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
