package sc.fiji.diffusion.engine.adapter;

import java.util.List;
import java.util.Map;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;

/**
 * How one network differs from what its checkpoint says. Two that are equal make the same network.
 *
 * @param changes of weights, by the weights' names
 * @param embeddings further tokens of a text encoder; their ids follow those of its vocabulary
 * @param sources SHA-256 of the files behind the changes
 */
public record Adaptation(
        Map<String, List<WeightChange>> changes, List<AddedEmbedding> embeddings, List<String> sources) {

    /** The network as it is. */
    public static final Adaptation NONE = new Adaptation(Map.of(), List.of(), List.of());

    public Adaptation {
        changes = Map.copyOf(changes);
        embeddings = List.copyOf(embeddings);
        sources = List.copyOf(sources);
    }

    /**
     * A word that the vocabulary lacks, and what the text encoder reads for it.
     *
     * @param words that stand for it in a prompt
     * @param vectors {@code [tokens, hidden size]}: the word becomes that many tokens
     * @param source SHA-256 of the file
     */
    public record AddedEmbedding(List<String> words, WeightTensor vectors, String source) {

        public AddedEmbedding {
            words = List.copyOf(words);
        }

        /** How many ids the word becomes. */
        public int tokens() {
            return vectors.shape().get(0);
        }
    }

    /** What is added to a weight; usually nothing. */
    public List<WeightChange> changesOf(WeightTensor weight) {
        return changes.getOrDefault(weight.name(), List.of());
    }
}
