package sc.fiji.diffusion.engine.tokenizer;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.CheckpointException;

/**
 * CLIP's tokenizer, as transformers' {@code CLIPTokenizer}: white space counts as one blank, case doesn't matter,
 * Unicode is taken as it is. Immutable and thread-safe.
 */
public final class ClipTokenizer {

    private final Map<String, Integer> vocabulary;
    private final Merges merges;
    private final WordSplitter splitter;
    /** Words that stand for themselves, by their lower case. */
    private final Map<String, Integer> specialIds;
    /** Words that the vocabulary lacks, by their lower case: the model's own. */
    private final Map<String, List<Integer>> ownIds;
    /** The same with those of {@link #withAddedWords}. */
    private final Map<String, List<Integer>> addedIds;

    private final int beginId;
    private final int endId;
    private final int paddingId;
    private final int unknownId;
    private final int maxLength;

    private ClipTokenizer(Path folder, SpecialTokens special) {
        VocabularyFiles files = VocabularyFiles.read(folder);
        Path file = files.source();
        vocabulary = files.ids();
        merges = new Merges(files.merges());
        beginId = id(file, special.begin());
        endId = id(file, special.end());
        paddingId = id(file, special.padding());
        unknownId = id(file, special.unknown());
        maxLength = special.maxLength();
        specialIds = new HashMap<>();
        specialIds.put(special.begin().toLowerCase(Locale.ROOT), beginId);
        specialIds.put(special.end().toLowerCase(Locale.ROOT), endId);
        ownIds = AddedTokens.read(folder, files);
        addedIds = ownIds;
        splitter = new WordSplitter(List.copyOf(specialIds.keySet()), addedIds.keySet());
    }

    private ClipTokenizer(ClipTokenizer plain, Map<String, List<Integer>> ownIds, Map<String, List<Integer>> addedIds) {
        this.vocabulary = plain.vocabulary;
        this.merges = plain.merges;
        this.specialIds = plain.specialIds;
        this.ownIds = Map.copyOf(ownIds);
        this.addedIds = Map.copyOf(addedIds);
        this.splitter = new WordSplitter(List.copyOf(specialIds.keySet()), this.addedIds.keySet());
        this.beginId = plain.beginId;
        this.endId = plain.endId;
        this.paddingId = plain.paddingId;
        this.unknownId = plain.unknownId;
        this.maxLength = plain.maxLength;
    }

    /**
     * Opens a folder with {@code vocab.json} and {@code merges.txt}, or {@code tokenizer.json} alone, and, if it has
     * them, {@code special_tokens_map.json}, {@code tokenizer_config.json} and {@code added_tokens.json}.
     *
     * @throws CheckpointException if a file is missing or broken
     */
    public static ClipTokenizer open(Path folder) {
        return new ClipTokenizer(folder, SpecialTokens.read(folder));
    }

    /**
     * As {@link #open(Path)}, with another token for padding than the files name: the tokenizers of CLIP's text encoders
     * differ in nothing else.
     */
    public static ClipTokenizer open(Path folder, String padding) {
        return new ClipTokenizer(folder, SpecialTokens.read(folder).withPadding(padding));
    }

    /** Whether a folder has the files of a tokenizer, of whatever kind. */
    public static boolean liesIn(Path folder) {
        return VocabularyFiles.lieIn(folder);
    }

    /**
     * The same tokenizer with further words, which stand for ids of their own wherever no letter, number or underscore
     * joins them to what stands beside them; those of an earlier call are gone, the model's own stay.
     *
     * @param ids by the words, whose case doesn't matter
     */
    public ClipTokenizer withAddedWords(Map<String, List<Integer>> ids) {
        Map<String, List<Integer>> lower = new LinkedHashMap<>(ownIds);
        ids.forEach((word, tokens) -> lower.put(word.toLowerCase(Locale.ROOT), List.copyOf(tokens)));
        return new ClipTokenizer(this, ownIds, lower);
    }

    /** The same tokenizer without those of its own added words for which an embedding has no row, nor any others. */
    public ClipTokenizer withinRows(int rows) {
        Map<String, List<Integer>> known = new LinkedHashMap<>(ownIds);
        known.values().removeIf(ids -> ids.stream().anyMatch(id -> id >= rows));
        return new ClipTokenizer(this, known, known);
    }

    /** Whether a text would be seen to hold a word if it were added. */
    public static boolean mentions(String text, String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return !lower.isBlank()
                && new WordSplitter(List.of(), List.of(lower))
                        .split(text).stream().anyMatch(WordSplitter.Word::isAdded);
    }

    /**
     * The ids for the text encoder: begin, the text's tokens, end, padding. A text that is too long is cut, the end
     * token kept.
     *
     * @return {@link #maxLength} ids
     */
    public int[] encode(String text) {
        return frame(tokens(text));
    }

    /** The text's own tokens, however many: without begin, end and padding. */
    public int[] tokens(String text) {
        return splitter.split(text).stream().flatMapToInt(this::tokensOfWord).toArray();
    }

    /** As {@link #tokens}, by what is not to be parted: the ids of an added word together, all others alone. */
    public List<int[]> words(String text) {
        return splitter.split(text).stream()
                .flatMap(word -> word.isAdded()
                        ? Stream.of(tokensOfWord(word).toArray())
                        : tokensOfWord(word).mapToObj(id -> new int[] {id}))
                .toList();
    }

    /**
     * Tokens of a text with begin, end and padding around them, cut if they are too many.
     *
     * @return {@link #maxLength} ids
     */
    public int[] frame(int[] tokens) {
        int kept = Math.min(tokens.length, maxTokens());
        int[] ids = new int[maxLength];
        Arrays.fill(ids, paddingId);
        ids[0] = beginId;
        System.arraycopy(tokens, 0, ids, 1, kept);
        ids[kept + 1] = endId;
        return ids;
    }

    /** Ids of an encoded text in all, 77 for Stable Diffusion. */
    public int maxLength() {
        return maxLength;
    }

    /** Tokens of its own that a text can have: {@link #maxLength} without begin and end. */
    public int maxTokens() {
        return maxLength - 2;
    }

    public int beginId() {
        return beginId;
    }

    /** The end token's id; CLIP takes the text's summary from the first position that has it. */
    public int endId() {
        return endId;
    }

    public int paddingId() {
        return paddingId;
    }

    /** One more than the largest id: the least number of rows of an embedding for it. */
    public int vocabularySize() {
        return Stream.concat(
                                vocabulary.values().stream(),
                                ownIds.values().stream().flatMap(List::stream))
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(-1)
                + 1;
    }

    private IntStream tokensOfWord(WordSplitter.Word word) {
        Integer special = specialIds.get(word.text());
        if (special != null) {
            return IntStream.of(special);
        }
        Stream<Integer> ids = word.isAdded()
                ? addedIds.get(word.text()).stream()
                : merges.apply(word.text()).stream().map(symbol -> vocabulary.getOrDefault(symbol, unknownId));
        return ids.mapToInt(Integer::intValue);
    }

    private int id(Path file, String token) {
        Integer id = vocabulary.get(token);
        if (id == null) {
            throw TokenizerFiles.wrong(file, "an id for the special token " + token, "none");
        }
        return id;
    }
}
