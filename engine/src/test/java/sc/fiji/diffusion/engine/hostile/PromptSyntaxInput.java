package sc.fiji.diffusion.engine.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.adapter.LoraTags;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.prompt.Chunker;
import sc.fiji.diffusion.engine.prompt.Prompt;
import sc.fiji.diffusion.engine.prompt.PromptSyntax;
import sc.fiji.diffusion.engine.tokenizer.ClipTokenizer;

/** A prompt with tags, weights and chunks, from its text to its tokens. */
record PromptSyntaxInput(ClipTokenizer tokenizer) implements HostileInput {

    private static final int MANY = 20_000;

    PromptSyntaxInput() {
        this(ClipTokenizer.open(Models.locate(Models.EMBEDDED).resolve("tokenizer")));
    }

    @Override
    public String name() {
        return "prompt with grammar";
    }

    @Override
    public String file() {
        return "grammar.txt";
    }

    @Override
    public Map<String, byte[]> whole() {
        Map<String, byte[]> whole = new LinkedHashMap<>();
        for (String text : List.of(
                "(green:1.2) [nuclei] BREAK \\(dark\\) <lora:cell:0.5:unet=1>",
                "<lora:a><lora:b:1:0>",
                "((((:1)",
                "<lora:")) {
            whole.put(text, TextInput.bytes(text));
        }
        for (String part : List.of("<lora:a>", "<lora:", ":1 ", "BREAK ", "a, ", "\\", "[)", ")]")) {
            whole.put("many times " + part, TextInput.bytes(part.repeat(MANY)));
        }
        return whole;
    }

    @Override
    public Map<String, byte[]> broken() {
        Map<String, byte[]> broken = new LinkedHashMap<>();
        for (String text : List.of(
                "<lora:>",
                "<lora: :1>",
                "<lora:a:b>",
                "<lora:a:1:1:1>",
                "<lora:a:te=1:te=1>",
                "<lora:a:" + "9".repeat(100_000) + "x>",
                "<lora:a\n\u0000:b>",
                "(a:11)",
                "(a:-99999999999999999999)",
                "(((((((((((((((((((((((((a:1.5)")) {
            broken.put(text.substring(0, Math.min(30, text.length())), TextInput.bytes(text));
        }
        broken.put("deep brackets", TextInput.bytes("(".repeat(MANY) + "a"));
        return broken;
    }

    @Override
    public void read(Path folder) {
        LoraTags tags = LoraTags.of(text(folder));
        Prompt prompt = PromptSyntax.WEIGHTED.parse(tags.text());
        prompt.requireUsableWeights("prompt");
        new Chunker(tokenizer::words, tokenizer.maxTokens()).chunks(prompt);
    }

    private String text(Path folder) {
        Path file = folder.resolve(file());
        if (!Files.isRegularFile(file)) {
            // Prompts are no files in the product.
            throw new RequestException("prompt: expected a text, found no file");
        }
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long mostAllocated(long fileSize) {
        return (16L << 20) + 2000 * fileSize;
    }
}
