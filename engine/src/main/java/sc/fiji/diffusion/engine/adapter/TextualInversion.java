package sc.fiji.diffusion.engine.adapter;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;
import sc.fiji.diffusion.engine.checkpoint.Weights;
import sc.fiji.diffusion.engine.checkpoint.WeightsHash;

/**
 * A textual inversion (Gal et al. 2022, arXiv 2208.01618): a word for a prompt, and the embeddings of the tokens that
 * it becomes. Immutable.
 *
 * @param path of the file
 * @param words that stand for it: the file's name without its ending, and the placeholder in the file if it has one
 * @param vectors {@code [tokens, hidden size]}, one a text encoder, as many tokens in each
 * @param sha256 of the file, in hexadecimal
 */
public record TextualInversion(Path path, List<String> words, List<WeightTensor> vectors, String sha256) {

    private static final String ENDING = ".safetensors";
    private static final int MOST_TOKENS = 1000;

    /** How the trainers for two text encoders name the two tensors. */
    private static final List<List<String>> PAIRS =
            List.of(List.of("clip_l", "clip_g"), List.of("text_encoders_0", "text_encoders_1"));

    public TextualInversion {
        words = List.copyOf(words);
        vectors = List.copyOf(vectors);
    }

    /**
     * Opens {@code *.safetensors} with a tensor {@code emb_params}, with one named like its placeholder, or with {@code
     * clip_l} and {@code clip_g}.
     *
     * @throws CheckpointException if it is none of these; pickles ({@code .pt}, {@code .bin}) are refused
     */
    public static TextualInversion open(Path path) {
        Weights weights = Weights.ofFile(path);
        Set<String> names = weights.names();
        Set<String> words = new LinkedHashSet<>(List.of(name(path)));
        List<String> tensors =
                PAIRS.stream().filter(names::containsAll).findFirst().orElseGet(() -> List.of(only(path, names)));
        if (tensors.size() == 1 && !tensors.get(0).equals("emb_params")) {
            words.add(placeholder(path, tensors.get(0)));
        }
        List<WeightTensor> vectors =
                tensors.stream().map(name -> rows(weights.get(name))).toList();
        for (WeightTensor each : vectors) {
            if (!each.shape().get(0).equals(vectors.get(0).shape().get(0))) {
                throw new CheckpointException(path + ": expected as many tokens for each text encoder, found "
                        + vectors.stream().map(WeightTensor::shape).toList());
            }
        }
        return new TextualInversion(path, List.copyOf(words), vectors, WeightsHash.of(path));
    }

    private static String only(Path path, Set<String> names) {
        if (names.contains("emb_params")) {
            return "emb_params";
        }
        if (names.size() != 1) {
            throw new CheckpointException(path
                    + ": expected a textual inversion (emb_params, clip_l with clip_g, or one"
                    + " tensor named like its placeholder), found " + names.size() + " tensors"
                    + names.stream().findFirst().map(name -> " such as " + name).orElse(""));
        }
        return names.iterator().next();
    }

    private static String placeholder(Path path, String name) {
        if (name.isBlank() || !name.equals(name.strip())) {
            throw new CheckpointException(
                    path + ": expected a tensor named like a placeholder, found the name \"" + name + "\"");
        }
        return name;
    }

    /** A single vector is a table of one. */
    private static WeightTensor rows(WeightTensor tensor) {
        List<Integer> shape = tensor.shape();
        WeightTensor rows = shape.size() == 1 ? tensor.reshaped(List.of(1, shape.get(0))) : tensor;
        boolean table = rows.shape().size() == 2
                && rows.shape().get(0) >= 1
                && rows.shape().get(1) >= 1;
        if (!table || rows.shape().get(0) > MOST_TOKENS) {
            throw new CheckpointException(tensor.file() + ": tensor " + tensor.name()
                    + ": expected [tokens, size] with 1 to " + MOST_TOKENS + " tokens, found " + shape);
        }
        return rows;
    }

    /** The file's name without its ending. */
    public String name() {
        return name(path);
    }

    private static String name(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }
}
