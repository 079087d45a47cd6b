package sc.fiji.diffusion.engine.tokenizer;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A vocabulary of bytes and a few merges, written into a folder. */
final class SmallTokenizer {

    static final List<String> MERGES = List.of("l o", "lo w</w>", "n e", "ne w</w>", "e r</w>", "! !</w>");

    private SmallTokenizer() {}

    static Map<String, Integer> vocabulary() {
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (int value = 0; value < 256; value++) {
            ids.put(String.valueOf(ByteAlphabet.characterOf((byte) value)), ids.size());
        }
        for (int value = 0; value < 256; value++) {
            ids.put(ByteAlphabet.characterOf((byte) value) + "</w>", ids.size());
        }
        MERGES.forEach(merge -> ids.put(merge.replace(" ", ""), ids.size()));
        ids.put("<|startoftext|>", ids.size());
        ids.put("<|endoftext|>", ids.size());
        return ids;
    }

    static Path write(Path folder) throws IOException {
        Files.writeString(folder.resolve("vocab.json"), new Gson().toJson(vocabulary()));
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n" + String.join("\n", MERGES) + "\n");
        return folder;
    }

    /** Puts both files into a {@code tokenizer.json}, as newer versions of transformers write it. */
    static void bringTogether(Path folder, boolean mergesAsLists) throws IOException {
        Files.delete(folder.resolve("vocab.json"));
        Files.delete(folder.resolve("merges.txt"));
        List<?> merges = mergesAsLists
                ? MERGES.stream().map(merge -> List.of(merge.split(" "))).toList()
                : MERGES;
        Map<String, Object> model = Map.of("type", "BPE", "vocab", vocabulary(), "merges", merges);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("version", "1.0");
        all.put("added_tokens", List.of(Map.of("id", 0, "content", "!")));
        all.put("model", model);
        all.put("padding", Map.of());
        Files.writeString(folder.resolve("tokenizer.json"), new Gson().toJson(all));
    }
}
