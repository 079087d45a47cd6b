package sc.fiji.diffusion.form;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The letters of a macro that is run from a file. ImageJ takes each byte of the file for a sign (ISO 8859-1), so that
 * a text in UTF-8, as editors write it, arrives as {@code grÃ¼n} for {@code grün}.
 */
final class MacroEncoding {

    private static final int FIRST_BEYOND_ASCII = 0x80;
    private static final int FIRST_BEYOND_BYTES = 0x100;

    private MacroEncoding() {}

    /**
     * The text that was meant: signs that are all bytes and together good UTF-8 are read as that. Options that were read
     * rightly hardly ever are: each of their letters beyond ASCII would need a sign such as ² or ° behind it.
     */
    static String decoded(String text) {
        boolean bytes = text.chars().allMatch(sign -> sign < FIRST_BEYOND_BYTES);
        boolean ascii = text.chars().allMatch(sign -> sign < FIRST_BEYOND_ASCII);
        if (ascii || !bytes) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException readRightly) {
            return text;
        }
    }
}
