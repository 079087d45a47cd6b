package sc.fiji.diffusion.engine.tokenizer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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

    /**
     * A part of a text.
     *
     * @param text in lower case
     * @param isAdded whether it is one of the added words; the same letters joined to others are not
     */
    record Word(String text, boolean isAdded) {}

    private final List<String> specialTokens;
    private final List<String> addedWords;

    /**
     * @param specialTokens in lower case, not empty; they are words of their own wherever they stand
     * @param addedWords in lower case, not empty; they are words of their own where no letter, number or underscore
     *     joins them to what stands beside them
     */
    WordSplitter(List<String> specialTokens, Collection<String> addedWords) {
        this.specialTokens = List.copyOf(specialTokens);
        // The longest first: one may begin like another.
        this.addedWords = addedWords.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    List<Word> split(String text) {
        // The one letter that becomes two; Java would copy the whole text for each of them.
        String lower = text.replace("\u0130", "i\u0307").toLowerCase(Locale.ROOT);
        List<Word> words = new ArrayList<>();
        int start = 0;
        while (start < lower.length()) {
            int end = wordEnd(lower, start);
            if (kind(lower.codePointAt(start)) != Kind.SPACE) {
                words.add(new Word(lower.substring(start, end), addedWordEnd(lower, start) == end));
            }
            start = end;
        }
        return words;
    }

    private int wordEnd(String text, int start) {
        int special = wholeWordEnd(text, start);
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
        while (end < text.length() && kind(text.codePointAt(end)) == kind && wholeWordEnd(text, end) == end) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    /** Where a special token or an added word that stands at {@code start} ends; {@code start} if none does. */
    private int wholeWordEnd(String text, int start) {
        int special = end(text, start, specialTokens);
        if (special > start) {
            return special;
        }
        return addedWordEnd(text, start);
    }

    private int addedWordEnd(String text, int start) {
        for (String word : addedWords) {
            int end = start + word.length();
            if (text.startsWith(word, start) && !isJoined(text, start) && !isJoined(text, end)) {
                return end;
            }
        }
        return start;
    }

    /** Whether the characters before and after a position are parts of one word. */
    private static boolean isJoined(String text, int position) {
        return position > 0
                && position < text.length()
                && isOfAWord(text.codePointBefore(position))
                && isOfAWord(text.codePointAt(position));
    }

    private static boolean isOfAWord(int codePoint) {
        Kind kind = kind(codePoint);
        return kind == Kind.LETTER || kind == Kind.NUMBER || codePoint == '_';
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
