package sc.fiji.diffusion.engine.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.tokenizer.ClipTokenizer;

/** A prompt: any text at all is taken. The bytes are its UTF-16, so that halves of characters come up too. */
record PromptInput(ClipTokenizer tokenizer) implements HostileInput {

    private static final int LONG = 1 << 18;

    static PromptInput ofTheEmbeddedModel() {
        return new PromptInput(ClipTokenizer.open(Models.locate(Models.EMBEDDED).resolve("tokenizer")));
    }

    @Override
    public String name() {
        return "prompt";
    }

    @Override
    public String file() {
        return "prompt.txt";
    }

    @Override
    public Map<String, byte[]> whole() {
        Map<String, byte[]> whole = new LinkedHashMap<>();
        for (String text : new String[] {
            "",
            "many green nuclei on a dark background",
            "\u0130stanbul \ufb01 \u1e9e",
            "<|startoftext|><|endoftext|> it's 1234 \u00bd",
            "\ud800 \udc00 \udc00\ud800",
            "\u0000\u0001\u200b\u202e\ufeff\uffff",
            "e\u0301".repeat(1000),
            "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67"
        }) {
            whole.put(
                    "\""
                            + text.codePoints()
                                    .limit(8)
                                    .mapToObj("U+%04X"::formatted)
                                    .toList() + "\"",
                    utf16(text));
        }
        whole.put("a megabyte of words", utf16("ab ".repeat((1 << 20) / 3)));
        for (String part : new String[] {"a", "ab ", "1", "!", "\ud83d\ude00", "\ud800", "\u0130", "'s", " "}) {
            whole.put("many times " + part, utf16(part.repeat(LONG / part.length())));
        }
        return whole;
    }

    @Override
    public Map<String, byte[]> broken() {
        return Map.of();
    }

    private static byte[] utf16(String text) {
        // Not by a charset: those replace what is no character.
        byte[] bytes = new byte[2 * text.length()];
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i] = (byte) (text.charAt(i) >> 8);
            bytes[2 * i + 1] = (byte) text.charAt(i);
        }
        return bytes;
    }

    @Override
    public void read(Path folder) {
        byte[] bytes = bytes(folder);
        char[] text = new char[bytes.length / 2];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) (bytes[2 * i] << 8 | (bytes[2 * i + 1] & 0xFF));
        }
        int[] ids = tokenizer.encode(new String(text));
        Assertions.assertEquals(tokenizer.maxLength(), ids.length, "ids");
        for (int id : ids) {
            Assertions.assertTrue(id >= 0 && id < tokenizer.vocabularySize(), () -> "id " + id);
        }
    }

    private byte[] bytes(Path folder) {
        try {
            return Files.readAllBytes(folder.resolve(file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long mostAllocated(long fileSize) {
        return (16L << 20) + 2000 * fileSize;
    }
}
