package sc.fiji.diffusion.engine.prompt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a prompt is cut, with words for tokens: numbers are ids, a comma is 0, and 7x3 is a word of three ids 7. */
class ChunkerTest {

    private static final int CAPACITY = 75;

    private final Chunker chunker = new Chunker(ChunkerTest::runs, CAPACITY);

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "75,75", "76,75+1", "200,75+75+50"})
    void withoutCommasChunksAreFilledUp(int words, String sizes) {
        assertEquals(sizes, sizes("5 ".repeat(words)));
    }

    @ParameterizedTest
    @CsvSource({
        // the comma is the last but 20th token of the chunk, one before that, and the last
        "55,56+39",
        "54,75+20",
        "74,75+20",
    })
    void aPhraseBehindACommaGoesToTheNextChunkWhereTheCommaIsNear(int before, String sizes) {
        assertEquals(sizes, sizes("5 ".repeat(before) + ", " + "6 ".repeat(94 - before)));
    }

    @Test
    void aCommaThatDoesNotFitItselfBeginsTheNextChunk() {
        List<Chunk> chunks = chunker.chunks(parse("5 ".repeat(60) + ", " + "5 ".repeat(14) + ", 6"));
        assertEquals("75+2", sizes(chunks));
        assertArrayEquals(new int[] {0, 6}, chunks.get(1).ids());
    }

    @Test
    void weightsMoveAlongWithTheirTokens() {
        List<Chunk> chunks = chunker.chunks(parse("5 ".repeat(60) + ", 5 5 (8 8:1.5) " + "6 ".repeat(20)));
        assertEquals("61+24", sizes(chunks));
        assertEquals(new Chunk.Token(8, 1.5), chunks.get(1).tokens().get(2));
        assertEquals(new Chunk.Token(6, 1), chunks.get(1).tokens().get(4));
    }

    @ParameterizedTest
    @CsvSource({"1 BREAK 2,1+1", "BREAK 1,0+1", "1 BREAK,1", "1 BREAK BREAK 2,1+0+1", "BREAK,0"})
    void breakEndsTheChunkHoweverFewTokensItHas(String text, String sizes) {
        assertEquals(sizes, sizes(text));
    }

    @Test
    void aWordOfSeveralTokensIsNotParted() {
        assertEquals("74+4", sizes("5 ".repeat(74) + "7x4"));
        assertEquals("75", sizes("5 ".repeat(71) + "7x4"));
        assertEquals("61+17", sizes("5 ".repeat(60) + ", " + "5 ".repeat(13) + "7x4"));
        assertEquals("75+25", sizes("7x100"));
    }

    @Test
    void withoutATokenForTheCommaNothingMoves() {
        Chunker without = new Chunker(text -> text.equals(",") ? List.of() : runs(text), CAPACITY);
        assertEquals("75+20", sizes(without.chunks(parse("5 ".repeat(60) + ", " + "6 ".repeat(34)))));
    }

    @Test
    void noRoomAtAllIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Chunker(ChunkerTest::runs, 0));
    }

    private String sizes(String text) {
        return sizes(chunker.chunks(parse(text)));
    }

    private static String sizes(List<Chunk> chunks) {
        return String.join(
                "+",
                chunks.stream()
                        .map(chunk -> String.valueOf(chunk.tokens().size()))
                        .toList());
    }

    private static Prompt parse(String text) {
        return PromptSyntax.WEIGHTED.parse(text);
    }

    private static List<int[]> runs(String text) {
        return Arrays.stream(text.strip().split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> word.replace(",", "0").split("x", -1))
                .map(word -> IntStream.range(0, word.length == 1 ? 1 : Integer.parseInt(word[1]))
                        .map(i -> Integer.parseInt(word[0]))
                        .toArray())
                .toList();
    }
}
