package sc.fiji.diffusion.altered;

import ij.ImagePlus;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** One line of an image's Info that says how much of it was generated. */
final class AlteredPixelsInfo {

    private static final String INFO = "Info";
    private static final String START = "Generated pixels: ";
    private static final Pattern EARLIER = Pattern.compile("(?m)^" + START + "\\d+ of \\d+.*\\R?");

    private AlteredPixelsInfo() {}

    /** Writes the line at the end, in place of an earlier one. */
    static void update(ImagePlus image, AlteredPixels pixels) {
        String info = image.getInfoProperty();
        StringBuilder text =
                new StringBuilder(info == null ? "" : EARLIER.matcher(info).replaceAll(""));
        if (!pixels.isEmpty()) {
            boolean newLine = text.isEmpty() || text.charAt(text.length() - 1) == '\n';
            text.append(newLine ? "" : "\n").append(line(pixels)).append('\n');
        }
        image.setProperty(INFO, text.isEmpty() ? null : text.toString());
    }

    /** Counted against all pixels of the slices that have some. */
    private static String line(AlteredPixels pixels) {
        List<Integer> indexes = List.copyOf(pixels.slices().keySet());
        long all = (long) pixels.width() * pixels.height() * indexes.size();
        String where = pixels.stackSize() == 1 ? "" : indexes.size() == 1 ? " in slice " : " in slices ";
        return START + pixels.count() + " of " + all + where + (where.isEmpty() ? "" : ranges(indexes))
                + " (not measured)";
    }

    /** As in {@code 2-5,7}. */
    private static String ranges(List<Integer> ascending) {
        List<String> ranges = new ArrayList<>();
        int first = ascending.get(0);
        for (int i = 0; i < ascending.size(); i++) {
            int last = ascending.get(i);
            if (i + 1 == ascending.size() || ascending.get(i + 1) > last + 1) {
                ranges.add(first == last ? Integer.toString(first) : first + "-" + last);
                first = i + 1 == ascending.size() ? last : ascending.get(i + 1);
            }
        }
        return String.join(",", ranges);
    }
}
