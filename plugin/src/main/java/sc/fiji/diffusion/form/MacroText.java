package sc.fiji.diffusion.form;

/**
 * How a text stands between the brackets of {@code key=[text]}. Brackets in pairs stand as they are, as everywhere in
 * ImageJ; {@code \[}, {@code \]}, {@code \=} and {@code \\} stand for the second character; any other backslash is
 * itself. So every text can be written, and read back the same.
 */
final class MacroText {

    private static final String ESCAPABLE = "[]=\\";

    private MacroText() {}

    /** With a backslash before each character that would be misread: an equals sign never looks like a key's. */
    static String encode(String text) {
        String escaped = inPairs(text) ? "=" : "[]=";
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (escaped.indexOf(text.charAt(i)) >= 0 || isMisreadBackslash(text, i)) {
                encoded.append('\\');
            }
            encoded.append(text.charAt(i));
        }
        return encoded.toString();
    }

    static String decode(String encoded) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < encoded.length(); i++) {
            if (isEscape(encoded, i)) {
                i++;
            }
            text.append(encoded.charAt(i));
        }
        return text.toString();
    }

    /**
     * Where the bracket that opens at a position is closed, or -1 if it is not.
     *
     * @param open the position of a {@code [}
     */
    static int closingBracket(String options, int open) {
        int depth = 0;
        for (int i = open; i < options.length(); i++) {
            char c = options.charAt(i);
            if (isEscape(options, i)) {
                i++;
            } else if (c == '[') {
                depth++;
            } else if (c == ']') {
                depth--;
                if (depth == 0) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static boolean isEscape(String encoded, int at) {
        return encoded.charAt(at) == '\\'
                && at + 1 < encoded.length()
                && ESCAPABLE.indexOf(encoded.charAt(at + 1)) >= 0;
    }

    /** A last backslash would be misread, too: the closing bracket comes behind it. */
    private static boolean isMisreadBackslash(String text, int at) {
        return text.charAt(at) == '\\' && (at + 1 == text.length() || ESCAPABLE.indexOf(text.charAt(at + 1)) >= 0);
    }

    private static boolean inPairs(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (depth < 0) {
                return false;
            }
        }
        return depth == 0;
    }
}
