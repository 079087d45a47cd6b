package sc.fiji.diffusion.engine.pipeline;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.adapter.Adaptation;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.network.ClipText;
import sc.fiji.diffusion.engine.tensor.AnyTensor;
import sc.fiji.diffusion.engine.tensor.IntTensor;
import sc.fiji.diffusion.engine.tensor.Tensor;
import sc.fiji.diffusion.engine.tokenizer.ClipTokenizer;

/** A text encoder and its tokenizer. */
final class TextEncoder implements AutoCloseable {

    /** Which hidden states the UNet has learnt to read. */
    enum Reading {
        /** The last layer's, normalized: Stable Diffusion 1 and 2. */
        LAST_NORMALIZED,
        /** The last but one layer's, as they are: Stable Diffusion XL. */
        LAST_BUT_ONE;

        String output(int skippedLayers) {
            return this == LAST_NORMALIZED
                    ? ClipText.lastHiddenState(skippedLayers)
                    : ClipText.hiddenState(skippedLayers + 1);
        }
    }

    private final int vocabularySize;
    private final AdaptedSession session;
    private final Reading reading;
    private final boolean hasProjection;
    private ClipTokenizer tokenizer;

    private TextEncoder(
            ClipTokenizer tokenizer,
            int vocabularySize,
            AdaptedSession session,
            Reading reading,
            boolean hasProjection) {
        this.tokenizer = tokenizer;
        this.vocabularySize = vocabularySize;
        this.session = session;
        this.reading = reading;
        this.hasProjection = hasProjection;
    }

    static TextEncoder open(Component component, Path tokenizerFolder, Reading reading, Adaptation adaptation) {
        ClipTokenizer tokenizer = ClipTokenizer.open(tokenizerFolder);
        int tokens = ClipText.tokens(component);
        if (tokenizer.maxLength() != tokens) {
            throw new CheckpointException(tokenizerFolder + ": expected a length of " + tokens
                    + " tokens, as the text encoder takes, found " + tokenizer.maxLength());
        }
        // what sums the text up is the second text encoder of XL; in other models nothing reads it
        boolean hasProjection = reading == Reading.LAST_BUT_ONE && ClipText.hasProjection(component);
        int vocabularySize = ClipText.vocabularySize(component);
        return new TextEncoder(
                withAddedWords(tokenizer, vocabularySize, adaptation),
                vocabularySize,
                AdaptedSession.open(wanted -> ClipText.graph(component, wanted), adaptation),
                reading,
                hasProjection);
    }

    /** The ids of added words follow those of the vocabulary, as their embeddings do in the network. */
    private static ClipTokenizer withAddedWords(ClipTokenizer tokenizer, int vocabularySize, Adaptation adaptation) {
        Map<String, List<Integer>> ids = new LinkedHashMap<>();
        int next = vocabularySize;
        for (Adaptation.AddedEmbedding added : adaptation.embeddings()) {
            List<Integer> own =
                    IntStream.range(next, next + added.tokens()).boxed().toList();
            added.words().forEach(word -> ids.put(word, own));
            next += added.tokens();
        }
        return tokenizer.withAddedWords(ids);
    }

    boolean differsFrom(Adaptation wanted) {
        return session.differsFrom(wanted);
    }

    void adapt(Adaptation wanted) {
        session.adapt(wanted);
        tokenizer = withAddedWords(tokenizer, vocabularySize, wanted);
    }

    ClipTokenizer tokenizer() {
        return tokenizer;
    }

    /**
     * What the encoder makes of one row of ids, begin, end and padding included.
     *
     * @param skippedLayers of the last layers, besides those that the model always skips
     */
    TextConditioning encode(int[] ids, int skippedLayers, Progress progress) {
        Map<String, AnyTensor> inputs = new LinkedHashMap<>();
        inputs.put(ClipText.INPUT_IDS, IntTensor.of(ids, 1, ids.length));
        String hiddenStates = reading.output(skippedLayers);
        if (!hasProjection) {
            return new TextConditioning(session.run(inputs, hiddenStates, progress), Optional.empty());
        }
        inputs.put(ClipText.END_POSITIONS, IntTensor.of(new int[] {endPosition(ids)}, 1));
        Map<String, Tensor> found = session.run(inputs, Set.of(hiddenStates, ClipText.TEXT_EMBEDS), progress);
        return new TextConditioning(found.get(hiddenStates), Optional.of(found.get(ClipText.TEXT_EMBEDS)));
    }

    private int endPosition(int[] ids) {
        for (int position = 0; position < ids.length; position++) {
            if (ids[position] == tokenizer.endId()) {
                return position;
            }
        }
        return ids.length - 1;
    }

    @Override
    public void close() {
        session.close();
    }
}
