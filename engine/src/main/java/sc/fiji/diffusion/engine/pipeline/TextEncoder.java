package sc.fiji.diffusion.engine.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.adapter.Adaptation;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.checkpoint.TokenizerFolder;
import sc.fiji.diffusion.engine.network.ClipText;
import sc.fiji.diffusion.engine.prompt.Chunk;
import sc.fiji.diffusion.engine.prompt.Chunker;
import sc.fiji.diffusion.engine.prompt.Emphasis;
import sc.fiji.diffusion.engine.prompt.Prompt;
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

        /** What exporters call it; they number hidden states from the first layer's input up. */
        String exportedOutput(int skippedLayers, int layerCount) {
            if (this == LAST_BUT_ONE) {
                return "hidden_states." + (layerCount - 1 - skippedLayers);
            }
            if (skippedLayers > 0) {
                throw new RequestException("clip skip: expected none, as an exported text encoder gives only its last"
                        + " layer's hidden states, found " + skippedLayers);
            }
            return "last_hidden_state";
        }

        /** How many of an encoder's layers can be skipped besides. */
        int mostSkippedLayers(int layers) {
            return this == LAST_NORMALIZED ? layers - 1 : layers - 2;
        }
    }

    /** Bytes in float32; CLIP-L has twice as many, and takes under a second to open. */
    private static final long LARGE = 1L << 28;

    private final Chunker chunker;
    private final AdaptedSession session;
    private final IntFunction<String> hiddenStates;
    private final int vocabularySize;
    private final int mostSkippedLayers;
    private final boolean hasProjection;
    private final boolean wantsEndPositions;
    private final boolean isLarge;
    private ClipTokenizer tokenizer;

    private TextEncoder(ClipTokenizer tokenizer, AdaptedSession session, Component component, Reading reading) {
        this.tokenizer = tokenizer;
        this.vocabularySize = ClipText.vocabularySize(component);
        this.chunker = new Chunker(text -> this.tokenizer.words(text), tokenizer.maxTokens());
        this.session = session;
        boolean isExported = component.graph().isPresent();
        int layers = ClipText.layerCount(component);
        this.hiddenStates = isExported ? skipped -> reading.exportedOutput(skipped, layers) : reading::output;
        this.mostSkippedLayers = reading.mostSkippedLayers(layers);
        // what sums the text up is the second text encoder of XL; in other models nothing reads it
        this.hasProjection =
                reading == Reading.LAST_BUT_ONE && session.outputs().contains(ClipText.TEXT_EMBEDS);
        this.wantsEndPositions = hasProjection && !isExported;
        this.isLarge = component.weightBytes() > LARGE;
    }

    static TextEncoder open(
            Component component, TokenizerFolder folder, Reading reading, Adaptation adaptation, Execution execution) {
        int vocabularySize = ClipText.vocabularySize(component);
        ClipTokenizer tokenizer = folder.open().withinRows(vocabularySize);
        int tokens = ClipText.tokens(component);
        if (tokenizer.maxLength() != tokens) {
            throw new CheckpointException(folder.path() + ": expected a length of " + tokens
                    + " tokens, as the text encoder takes, found " + tokenizer.maxLength());
        }
        return new TextEncoder(
                withAddedWords(tokenizer, vocabularySize, adaptation),
                AdaptedSession.open(component, ClipText::graph, adaptation, execution),
                component,
                reading);
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

    /** The most that {@code encode} can skip. */
    int mostSkippedLayers() {
        return mostSkippedLayers;
    }

    /** How many chunks the prompt takes, at least 1. */
    int chunkCount(Prompt prompt) {
        return chunker.chunks(prompt).size();
    }

    /**
     * What the encoder makes of a prompt, each chunk encoded alone: hidden states {@code [1, chunks · 77, size]}; what
     * sums the text up is that of the first chunk.
     *
     * @param chunkCount at least the prompt's own; empty chunks make up for what it lacks
     */
    TextConditioning encode(Prompt prompt, int chunkCount, int skippedLayers, Progress progress) {
        List<Chunk> chunks = new ArrayList<>(chunker.chunks(prompt));
        while (chunks.size() < chunkCount) {
            chunks.add(Chunk.EMPTY);
        }
        List<Tensor> hiddenStates = new ArrayList<>();
        Optional<Tensor> pooled = Optional.empty();
        for (Chunk chunk : chunks) {
            TextConditioning encoded = encode(tokenizer.frame(chunk.ids()), skippedLayers, progress);
            pooled = hiddenStates.isEmpty() ? encoded.pooled() : pooled;
            hiddenStates.add(Emphasis.weighted(encoded.hiddenStates(), chunk));
        }
        return new TextConditioning(Tensor.concatenated(1, hiddenStates), pooled);
    }

    /**
     * What the encoder makes of one row of ids, begin, end and padding included.
     *
     * @param skippedLayers of the last layers, besides those that the model always skips
     */
    TextConditioning encode(int[] ids, int skippedLayers, Progress progress) {
        Map<String, AnyTensor> inputs = new LinkedHashMap<>();
        inputs.put(ClipText.INPUT_IDS, IntTensor.of(ids, 1, ids.length));
        String wanted = hiddenStates.apply(skippedLayers);
        if (wantsEndPositions) {
            inputs.put(ClipText.END_POSITIONS, IntTensor.of(new int[] {endPosition(ids)}, 1));
        }
        if (!hasProjection) {
            return new TextConditioning(session.run(inputs, wanted, progress), Optional.empty());
        }
        Map<String, Tensor> found = session.run(inputs, Set.of(wanted, ClipText.TEXT_EMBEDS), progress);
        return new TextConditioning(found.get(wanted), Optional.of(found.get(ClipText.TEXT_EMBEDS)));
    }

    /** Frees the weights of a large one, until a text is to be encoded that it has not encoded. */
    void rest() {
        if (isLarge) {
            session.rest();
        }
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
