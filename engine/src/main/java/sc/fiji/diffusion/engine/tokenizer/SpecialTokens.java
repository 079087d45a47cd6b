package sc.fiji.diffusion.engine.tokenizer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import sc.fiji.diffusion.engine.CheckpointException;

/**
 * The tokens around a text, and how many there are in all.
 *
 * @param begin before the text
 * @param end after the text
 * @param padding up to the length
 * @param unknown for a symbol that the vocabulary lacks
 * @param maxLength tokens in all, at least 3, so that one is the text's own
 */
record SpecialTokens(String begin, String end, String padding, String unknown, int maxLength) {

    private static final String DEFAULT_BEGIN = "<|startoftext|>";
    private static final String DEFAULT_END = "<|endoftext|>";
    private static final int DEFAULT_MAX_LENGTH = 77;
    /** What is above stands for "no limit" in the files of transformers. */
    private static final int LARGEST_MAX_LENGTH = 65536;

    /**
     * From {@code special_tokens_map.json} and {@code tokenizer_config.json}, the first of them where both have a token,
     * as transformers does (the two contradict each other in SD 2.1); CLIP's own where none has.
     */
    static SpecialTokens read(Path folder) {
        Path config = folder.resolve("tokenizer_config.json");
        JsonObject settings = TokenizerFiles.settings(config);
        JsonObject tokens = TokenizerFiles.settings(folder.resolve("special_tokens_map.json"));
        String end = token(tokens, settings, "eos_token", DEFAULT_END);
        return new SpecialTokens(
                token(tokens, settings, "bos_token", DEFAULT_BEGIN),
                end,
                token(tokens, settings, "pad_token", end),
                token(tokens, settings, "unk_token", end),
                maxLength(config, settings.get("model_max_length")));
    }

    SpecialTokens withPadding(String other) {
        return new SpecialTokens(begin, end, other, unknown, maxLength);
    }

    private static String token(JsonObject tokens, JsonObject settings, String field, String otherwise) {
        String first = content(tokens.get(field));
        String second = content(settings.get(field));
        return first != null ? first : second != null ? second : otherwise;
    }

    /** A token is written as a text or as an object with the text as its {@code content}; null if it is neither. */
    static String content(JsonElement element) {
        if (element instanceof JsonObject described) {
            return content(described.get("content"));
        }
        return element instanceof JsonPrimitive primitive
                        && primitive.isString()
                        && !primitive.getAsString().isEmpty()
                ? primitive.getAsString()
                : null;
    }

    private static int maxLength(Path file, JsonElement element) {
        if (element == null || element.isJsonNull()) {
            return DEFAULT_MAX_LENGTH;
        }
        try {
            double length = element.getAsDouble();
            if (length >= 3 && length == Math.rint(length)) {
                return length > LARGEST_MAX_LENGTH ? DEFAULT_MAX_LENGTH : (int) length;
            }
        } catch (IllegalStateException | UnsupportedOperationException | NumberFormatException notANumber) {
            throw new CheckpointException(file + ": model_max_length: expected a number, found " + element, notANumber);
        }
        throw TokenizerFiles.wrong(file, "a model_max_length of at least 3", element);
    }
}
