package sc.fiji.diffusion.engine.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A text in a PNG file (PNG specification, third edition, 11.3.3). What Latin-1 holds is written as {@code tEXt}, anything
 * else as {@code iTXt} in UTF-8, as Pillow and with it AUTOMATIC1111's webui do.
 *
 * @param keyword 1 to 79 printable characters of Latin-1
 * @param text of any length; without the character 0
 */
public record PngText(String keyword, String text) {

    private static final Pattern KEYWORD = Pattern.compile("[ -~\\u00a1-\\u00ff]{1,79}");

    public PngText {
        if (!KEYWORD.matcher(keyword).matches()) {
            throw new IllegalArgumentException("keyword: expected 1 to 79 characters of Latin-1, found " + keyword);
        }
        text = text.replace("\0", "");
    }

    /** Whether it needs {@code iTXt}: XMP is always kept so. */
    private boolean isInternational() {
        return keyword.startsWith("XML:")
                || !StandardCharsets.ISO_8859_1.newEncoder().canEncode(text);
    }

    String chunkType() {
        return isInternational() ? "iTXt" : "tEXt";
    }

    byte[] chunkData() {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(keyword.getBytes(StandardCharsets.ISO_8859_1));
        data.write(0);
        if (isInternational()) {
            // not compressed, and no language or translated keyword
            data.writeBytes(new byte[4]);
            data.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        } else {
            data.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return data.toByteArray();
    }
}
