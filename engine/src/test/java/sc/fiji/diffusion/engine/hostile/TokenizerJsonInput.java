package sc.fiji.diffusion.engine.hostile;

import com.google.gson.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code tokenizer.json} alone, as newer versions of transformers write it. */
record TokenizerJsonInput() implements HostileInput {

    @Override
    public String name() {
        return "tokenizer.json";
    }

    @Override
    public String file() {
        return "tokenizer/tokenizer.json";
    }

    @Override
    public void surround(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("tokenizer"));
    }

    @Override
    public Map<String, byte[]> whole() {
        String vocabulary = ModelInput.original("tokenizer/vocab.json");
        List<String> merges = ModelInput.original("tokenizer/merges.txt")
                .lines()
                .filter(line -> !line.startsWith("#version") && !line.isEmpty())
                .toList();
        return Map.of(
                "merges as texts", json(vocabulary, quoted(merges, " ")),
                "merges as lists", json(vocabulary, quoted(merges, null)));
    }

    private static String quoted(List<String> merges, String between) {
        JsonArray array = new JsonArray();
        for (String merge : merges) {
            if (between == null) {
                JsonArray pair = new JsonArray();
                for (String symbol : merge.split(" ", -1)) {
                    pair.add(symbol);
                }
                array.add(pair);
            } else {
                array.add(merge);
            }
        }
        return array.toString();
    }

    private static byte[] json(String vocabulary, String merges) {
        return TextInput.bytes("{\"version\": \"1.0\", \"added_tokens\": [], \"model\": {\"type\": \"BPE\", \"vocab\": "
                + vocabulary + ", \"merges\": " + merges + "}}");
    }

    @Override
    public Map<String, byte[]> broken() {
        Map<String, byte[]> broken = new LinkedHashMap<>(TextInput.noObject());
        String vocabulary = ModelInput.original("tokenizer/vocab.json");
        for (String merges : List.of(
                "null",
                "{}",
                "7",
                "[1]",
                "[[]]",
                "[[\"a\"]]",
                "[[\"a\", \"b\", \"c\"]]",
                "[\"a\"]",
                "[\"a b c\"]",
                "[[\"a\", null]]",
                "[{\"a\": 1}]",
                "[" + "[".repeat(100_000))) {
            broken.put("merges " + merges.substring(0, Math.min(20, merges.length())), json(vocabulary, merges));
        }
        for (String words : List.of("null", "[]", "{}", "7", "{\"a\": \"1\"}", "{\"a\": 1e3}", "{\"a\": [1]}")) {
            broken.put("words " + words, json(words, "[]"));
        }
        for (String model : List.of("null", "[]", "\"model\"", "{}", "{\"vocab\": {}}", "[".repeat(100_000))) {
            broken.put(
                    "the model " + model.substring(0, Math.min(20, model.length())),
                    TextInput.bytes("{\"model\": " + model + "}"));
        }
        return broken;
    }

    @Override
    public void read(Path folder) {
        TokenizerInputs.tokenize(folder);
    }
}
