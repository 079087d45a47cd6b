package sc.fiji.diffusion.engine.hostile;

import java.nio.file.Path;
import java.util.List;
import sc.fiji.diffusion.engine.tokenizer.ClipTokenizer;

/** The files of a model's tokenizer. */
final class TokenizerInputs {

    private TokenizerInputs() {}

    static List<HostileInput> all() {
        return List.of(vocabulary(), merges(), specials(), settings());
    }

    static ModelInput vocabulary() {
        Broken broken = new Broken("tokenizer/vocab.json").with(TextInput.noObject());
        String words = broken.whole().strip().substring(1);
        for (String id : List.of("-1", "0", "2147483648", "1.5", "1e3", "\"7\"", "null", "[]", "{}", "true", "NaN")) {
            broken.put("a word with the id " + id, TextInput.bytes("{\"new word\": " + id + ", " + words));
        }
        broken.put("a word twice", TextInput.bytes("{\"!\": 100000, " + words));
        broken.put("no special tokens", TextInput.bytes("{\"a\": 1}"));
        broken.put("a comment", TextInput.bytes("/* */ {" + words));
        return new ModelInput("tokenizer/vocab.json", broken.files(), TokenizerInputs::tokenize);
    }

    static ModelInput merges() {
        Broken broken = new Broken("tokenizer/merges.txt").with(TextInput.noText());
        for (String line : List.of("a", "a b c", " a", "a ", "a  b", "\u0000", "a\tb", "x".repeat(1 << 20))) {
            String shown = line.length() > 9 ? "a very long one" : "\"" + line + "\"";
            broken.put("the line " + shown, TextInput.bytes("#version: 0.2\n" + line + "\n"));
        }
        broken.put("the version twice", TextInput.bytes("#version: 0.2\n#version: 0.2 again\n"));
        return new ModelInput("tokenizer/merges.txt", broken.files(), TokenizerInputs::tokenize);
    }

    static ModelInput specials() {
        Broken broken = new Broken("tokenizer/special_tokens_map.json").with(TextInput.noObject());
        broken.values("bos_token", "\"not in the vocabulary\"", "{\"content\": \"not in it either\"}");
        broken.values("pad_token", "\"\\ud800\"", "\"" + "p".repeat(1 << 20) + "\"");
        return new ModelInput("tokenizer/special_tokens_map.json", broken.files(), TokenizerInputs::tokenize);
    }

    static ModelInput settings() {
        Broken broken = new Broken("tokenizer/tokenizer_config.json").with(TextInput.noObject());
        broken.values(
                "model_max_length", "-77", "0", "1", "1.5", "NaN", "\"x\"", "[]", "[1, 2]", "{}", "true", "-1e400");
        return new ModelInput("tokenizer/tokenizer_config.json", broken.files(), TokenizerInputs::tokenize);
    }

    static void tokenize(Path folder) {
        ClipTokenizer tokenizer = ClipTokenizer.open(folder.resolve("tokenizer"));
        tokenizer.encode("Many GREEN nuclei, 3 bacteria's \u00e9\u4e2d\ud83d\ude00 <|endoftext|>!");
        tokenizer.vocabularySize();
    }
}
