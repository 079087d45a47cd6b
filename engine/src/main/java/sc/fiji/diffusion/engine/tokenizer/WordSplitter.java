package sc.fiji.diffusion.engine.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits a text in lower case as CLIP's pattern does: {@code special tokens|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|
 * [^\s\p{L}\p{N}]+}. White space parts words and is dropped. By hand, not by {@link java.util.regex.Pattern}: its idea
 * of white space differs from Python's, and a special token ends a word wherever it stands.
 */
final class WordSplitter {

    private static final List<String> CONTRACTIONS = List.of("'s", "'t", "'re", "'ve", "'m", "'ll", "'d");

    private enum Kind {
        LETTER,
        NUMBER,
        SPACE,
        OTHER
    }

    private final List<String> specialTokens;

    /** @param specialTokens in lower case, not empty; they are words of their own wherever they stand */
    WordSplitter(List<String> specialTokens) {
        this.specialTokens = List.copyOf(specialTokens);
    }

    List<String> split(String text) {
        // The one letter that becomes two; Java would copy the whole text for each of them.
        String lower = text.replace("\u0130", "i\u0307").toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        int start = 0;
        while (start < lower.length()) {
            int end = wordEnd(lower, start);
            if (kind(lower.codePointAt(start)) != Kind.SPACE) {
                words.add(lower.substring(start, end));
            }
            start = end;
        }
        return words;
    }

    private int wordEnd(String text, int start) {
        int special = end(text, start, specialTokens);
        if (special > start) {
            return special;
        }
        int contraction = end(text, start, CONTRACTIONS);
        if (contraction > start) {
            return contraction;
        }
        Kind kind = kind(text.codePointAt(start));
        int end = start + Character.charCount(text.codePointAt(start));
        if (kind == Kind.NUMBER) {
            return end;
        }
        while (end < text.length() && kind(text.codePointAt(end)) == kind && end(text, end, specialTokens) == end) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    /** Where the first of some strings that stands at {@code start} ends; {@code start} if none does. */
    private static int end(String text, int start, List<String> strings) {
        for (String string : strings) {
            if (text.startsWith(string, start)) {
                return start + string.length();
            }
        }
        return start;
    }

    private static Kind kind(int codePoint) {
        // The two together, and NEXT LINE, are what Python calls white space.
        if (Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint) || codePoint == 0x85) {
            return Kind.SPACE;
        }
        return switch (Character.getType(codePoint)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER -> Kind.LETTER;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> Kind.NUMBER;
            default -> Kind.OTHER;
        };
    }
}
