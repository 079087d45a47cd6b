package sc.fiji.diffusion.engine.pipeline;

import java.util.Map;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.network.ClipText;
import sc.fiji.diffusion.engine.runtime.InferenceSession;
import sc.fiji.diffusion.engine.tensor.IntTensor;
import sc.fiji.diffusion.engine.tensor.Tensor;
import sc.fiji.diffusion.engine.tokenizer.ClipTokenizer;

/** From a text to what the UNet reads of it. */
final class PromptEncoder implements AutoCloseable {

    private final ClipTokenizer tokenizer;
    private final InferenceSession session;

    private PromptEncoder(ClipTokenizer tokenizer, InferenceSession session) {
        this.tokenizer = tokenizer;
        this.session = session;
    }

    static PromptEncoder open(Checkpoint checkpoint) {
        ClipTokenizer tokenizer = ClipTokenizer.open(checkpoint.tokenizerFolder());
        int tokens = ClipText.tokens(checkpoint.textEncoder());
        if (tokenizer.maxLength() != tokens) {
            throw new CheckpointException(checkpoint.tokenizerFolder() + ": expected a length of " + tokens
                    + " tokens, as the text encoder takes, found " + tokenizer.maxLength());
        }
        return new PromptEncoder(tokenizer, InferenceSession.open(ClipText.graph(checkpoint.textEncoder())));
    }

    /** The hidden states of a text, {@code [1, tokens, size]}. */
    Tensor encode(String text, Progress progress) {
        int[] ids = tokenizer.encode(text);
        Map<String, IntTensor> inputs = Map.of(ClipText.INPUT_IDS, IntTensor.of(ids, 1, ids.length));
        return session.run(Map.copyOf(inputs), ClipText.LAST_HIDDEN_STATE, progress);
    }

    @Override
    public void close() {
        session.close();
    }
}
