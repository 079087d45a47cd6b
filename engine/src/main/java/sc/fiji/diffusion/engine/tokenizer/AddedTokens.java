package sc.fiji.diffusion.engine.tokenizer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Words that a model's tokenizer has got after its vocabulary was made, as training a textual inversion and saving the
 * whole pipeline does. transformers writes them into {@code added_tokens.json}, {@code tokenizer_config.json} and {@code
 * tokenizer.json}, depending on its version.
 */
final class AddedTokens {

    /** Far above any real one; each is compared with each place of a prompt. */
    private static final int MOST = 4096;

    private AddedTokens() {}

    /**
     * The ids of words that the vocabulary lacks, by the words in lower case. Where {@code word_1}, {@code word_2} and so
     * on follow, {@code word} stands for all of them, as in diffusers' {@code maybe_convert_prompt}.
     */
    static Map<String, List<Integer>> read(Path folder, VocabularyFiles vocabulary) {
        Map<String, Integer> ids = new TreeMap<>(vocabulary.addedIds());
        Path list = folder.resolve("added_tokens.json");
        if (Files.exists(list)) {
            ids.putAll(TokenizerFiles.vocabulary(list));
        }
        Path config = folder.resolve("tokenizer_config.json");
        if (TokenizerFiles.settings(config).get("added_tokens_decoder") instanceof JsonObject decoder) {
            decoder.asMap().forEach((id, token) -> ids.putAll(decoded(config, id, token)));
        }
        ids.keySet().removeIf(word -> word.isBlank() || vocabulary.ids().containsKey(word));
        if (ids.size() > MOST) {
            throw TokenizerFiles.wrong(folder, "at most " + MOST + " added tokens", ids.size());
        }
        Map<String, List<Integer>> words = new HashMap<>();
        ids.forEach((word, id) -> words.put(word.toLowerCase(Locale.ROOT), withFollowing(word, ids)));
        return words;
    }

    private static Map<String, Integer> decoded(Path config, String id, JsonElement token) {
        String word = SpecialTokens.content(token);
        if (word == null) {
            return Map.of();
        }
        return Map.of(word, TokenizerFiles.id(config, word, id));
    }

    private static List<Integer> withFollowing(String word, Map<String, Integer> ids) {
        List<Integer> all = new ArrayList<>();
        for (Integer id = ids.get(word); id != null; id = ids.get(word + "_" + all.size())) {
            all.add(id);
        }
        return all;
    }
}
