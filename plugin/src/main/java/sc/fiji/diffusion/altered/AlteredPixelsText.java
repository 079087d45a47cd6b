package sc.fiji.diffusion.altered;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Altered pixels as text: {@code 1 <width>x<height>x<slices>}, then for each slice that has some a space and
 * {@code <stack index>:} and what {@link AlteredSlice} says.
 */
final class AlteredPixelsText {

    /** Files rely on it: it never changes. */
    static final String KEY = "Diffusion generated pixels";

    private static final Pattern HEAD = Pattern.compile("1 (\\d{1,9})x(\\d{1,9})x(\\d{1,9})");
    private static final Pattern SLICE_INDEX = Pattern.compile("\\d{1,9}");

    private AlteredPixelsText() {}

    static String write(AlteredPixels pixels) {
        StringBuilder text =
                new StringBuilder("1 " + pixels.width() + "x" + pixels.height() + "x" + pixels.stackSize());
        pixels.slices()
                .forEach((stackIndex, slice) ->
                        text.append(' ').append(stackIndex).append(':').append(slice.text()));
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
        Optional<AlteredSlice> slice = AlteredSlice.read(text.substring(colon + 1), count);
        if (stackIndex <= previous || stackIndex > pixels.stackSize() || slice.isEmpty()) {
            return -1;
        }
        pixels.put(stackIndex, slice.get());
        return stackIndex;
    }
}
