package sc.fiji.diffusion.engine.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.hub.HuggingFaceCache;
import sc.fiji.diffusion.engine.tokenizer.ClipTokenizer;

/**
 * Looks for a tokenizer where a model does not bring one. Its vocabulary must have as many tokens as the text encoder.
 *
 * @param named by the user; nothing else is looked at then
 * @param configs the folder with the model's configurations
 * @param file the single file
 */
record TokenizerSearch(Optional<Path> named, Optional<Path> configs, Path file) {

    /**
     * The first of: the named folder; {@code ownName} in the folder of configurations; {@code tokenizer} beside the
     * file; what the Hugging Face cache has.
     *
     * @param ownName such as {@code tokenizer_2}
     * @param vocabularySize tokens that the text encoder has
     * @param padding what this text encoder learnt as padding, for tokenizers that are not the model's own
     */
    Optional<TokenizerFolder> find(String ownName, int vocabularySize, Optional<String> padding) {
        if (named.isPresent()) {
            return Optional.of(new TokenizerFolder(requireFit(named.get(), vocabularySize), padding));
        }
        Optional<Path> own = configs.map(folder -> folder.resolve(ownName)).filter(ClipTokenizer::liesIn);
        if (own.isPresent()) {
            return own.map(TokenizerFolder::own);
        }
        return others().stream()
                .filter(folder -> ClipTokenizer.liesIn(folder) && fits(folder, vocabularySize))
                .findFirst()
                .map(folder -> new TokenizerFolder(folder, padding));
    }

    private List<Path> others() {
        List<Path> folders = new ArrayList<>();
        configs.ifPresent(folders::add);
        configs.ifPresent(folder -> folders.add(folder.resolve("tokenizer")));
        folders.add(file.resolveSibling("tokenizer"));
        for (Path snapshot : HuggingFaceCache.snapshots()) {
            folders.addAll(List.of(snapshot, snapshot.resolve("tokenizer"), snapshot.resolve("tokenizer_2")));
        }
        return folders;
    }

    private static boolean fits(Path folder, int vocabularySize) {
        try {
            return ClipTokenizer.open(folder).vocabularySize() == vocabularySize;
        } catch (CheckpointException anotherKindOfTokenizer) {
            return false;
        }
    }

    private static Path requireFit(Path named, int vocabularySize) {
        Path inside = named.resolve("tokenizer");
        Path folder = !ClipTokenizer.liesIn(named) && ClipTokenizer.liesIn(inside) ? inside : named;
        int found = ClipTokenizer.open(folder).vocabularySize();
        if (found != vocabularySize) {
            throw new CheckpointException(folder + ": expected a vocabulary of " + vocabularySize
                    + " tokens, as the text encoder has, found " + found);
        }
        return folder;
    }

    /** What to say where none was found. */
    static CheckpointException missing(Path model) {
        return new CheckpointException(
                model + ": expected CLIP's vocab.json and merges.txt, which a single file does not"
                        + " hold, in a folder named tokenizer beside it, in a folder of its own (--tokenizer) or in the Hugging Face cache, found none; diffuse models"
                        + " get clip-tokenizer, or Plugins ▸ Diffusion ▸ Models…, fetches them from openai/clip-vit-large-patch14");
    }
}
