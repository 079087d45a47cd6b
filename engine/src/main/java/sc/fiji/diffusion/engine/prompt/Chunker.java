package sc.fiji.diffusion.engine.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Cuts the tokens of a prompt into chunks, as AUTOMATIC1111's webui does: where a chunk is full, and a comma is among
 * its last {@value #COMMA_BACKTRACK} tokens, what stands behind the comma goes to the next chunk, so that a phrase
 * stays whole. Nothing is lost, however long the prompt. Immutable and thread-safe.
 */
public final class Chunker {

    /** The webui's default of its setting "comma padding backtrack". */
    private static final int COMMA_BACKTRACK = 20;

    private static final String COMMA = ",";

    private final Function<String, List<int[]>> tokenization;
    private final int capacity;
    /** The comma's id; -1 if it is not one token. */
    private final int comma;

    /**
     * @param tokenization from a piece of text to its tokens, in runs of one id or more; a chunk's end does not part a
     *     run that fits into a chunk
     * @param capacity tokens that fit into a chunk, at least 1; 75 for Stable Diffusion
     */
    public Chunker(Function<String, List<int[]>> tokenization, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("expected room for 1 token or more, found " + capacity);
        }
        this.tokenization = tokenization;
        this.capacity = capacity;
        List<int[]> runs = tokenization.apply(COMMA);
        this.comma = runs.size() == 1 && runs.get(0).length == 1 ? runs.get(0)[0] : -1;
    }

    /** The prompt in chunks of {@code capacity} tokens or fewer, at least one chunk. */
    public List<Chunk> chunks(Prompt prompt) {
        Filling filling = new Filling();
        for (Prompt.Part part : prompt.parts()) {
            if (part instanceof Prompt.Text text) {
                for (int[] run : tokenization.apply(text.text())) {
                    filling.add(run, text.weight());
                }
            } else {
                filling.endChunk();
            }
        }
        filling.endChunkWithTokens();
        return filling.chunks;
    }

    /** The chunks that are full, and the one that is being filled. */
    private final class Filling {
        private final List<Chunk> chunks = new ArrayList<>();
        private List<Chunk.Token> tokens = new ArrayList<>();
        /** Where the chunk's last comma is; -1 if it has none. */
        private int lastComma = -1;

        void add(int[] run, double weight) {
            if (run.length > capacity) {
                for (int id : run) {
                    add(new int[] {id}, weight);
                }
                return;
            }
            makeRoom(run);
            for (int id : run) {
                lastComma = id == comma ? tokens.size() : lastComma;
                tokens.add(new Chunk.Token(id, weight));
            }
        }

        private void makeRoom(int[] run) {
            boolean full = tokens.size() + run.length > capacity;
            if (full && run[0] != comma && lastComma >= 0 && tokens.size() - lastComma <= COMMA_BACKTRACK) {
                List<Chunk.Token> behindComma = tokens.subList(lastComma + 1, tokens.size());
                List<Chunk.Token> moved = new ArrayList<>(behindComma);
                behindComma.clear();
                endChunk();
                tokens.addAll(moved);
            }
            if (tokens.size() + run.length > capacity) {
                endChunk();
            }
        }

        void endChunk() {
            chunks.add(new Chunk(tokens));
            tokens = new ArrayList<>();
            lastComma = -1;
        }

        void endChunkWithTokens() {
            if (!tokens.isEmpty() || chunks.isEmpty()) {
                endChunk();
            }
        }
    }
}
