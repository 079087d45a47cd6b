package sc.fiji.diffusion.engine.tokenizer;

/**
 * GPT-2's table from bytes to characters that can be seen: printable ones of Latin-1 stand for themselves, the others
 * for the characters from U+0100 on, in order.
 */
final class ByteAlphabet {

    private static final int BYTES = 256;

    private static final char[] CHARACTERS = characters();

    private ByteAlphabet() {}

    static char characterOf(byte value) {
        return CHARACTERS[value & 0xFF];
    }

    private static char[] characters() {
        char[] characters = new char[BYTES];
        char next = BYTES;
        for (char value = 0; value < BYTES; value++) {
            boolean printable =
                    (value >= '!' && value <= '~') || (value >= '\u00a1' && value <= '\u00ac') || value >= '\u00ae';
            characters[value] = printable ? value : next++;
        }
        return characters;
    }
}
