package sc.fiji.diffusion.engine.pipeline;

import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * From a text to what the UNet reads of it.
 *
 * @param encoders one, or Stable Diffusion XL's two: their hidden states are put side by side
 * @param zerosForEmptyNegativePrompt whether an empty negative prompt is not encoded but zeros
 */
record PromptEncoder(List<TextEncoder> encoders, boolean zerosForEmptyNegativePrompt) implements AutoCloseable {

    PromptEncoder {
        encoders = List.copyOf(encoders);
    }

    static PromptEncoder open(Checkpoint checkpoint) {
        if (checkpoint.secondTextEncoder().isEmpty()) {
            TextEncoder only = TextEncoder.open(
                    checkpoint.textEncoder(), checkpoint.tokenizer(), TextEncoder.Reading.LAST_NORMALIZED);
            return new PromptEncoder(List.of(only), checkpoint.zerosForEmptyNegativePrompt());
        }
        TextEncoder first =
                TextEncoder.open(checkpoint.textEncoder(), checkpoint.tokenizer(), TextEncoder.Reading.LAST_BUT_ONE);
        try {
            TextEncoder second = TextEncoder.open(
                    checkpoint.secondTextEncoder().get(),
                    checkpoint.secondTokenizer(),
                    TextEncoder.Reading.LAST_BUT_ONE);
            return new PromptEncoder(List.of(first, second), checkpoint.zerosForEmptyNegativePrompt());
        } catch (CheckpointException e) {
            first.close();
            throw e;
        }
    }

    TextConditioning encode(String text, Progress progress) {
        List<TextConditioning> found = encoders.stream()
                .map(encoder -> encoder.encode(encoder.tokenizer().encode(text), 0, progress))
                .toList();
        List<Tensor> hiddenStates =
                found.stream().map(TextConditioning::hiddenStates).toList();
        Optional<Tensor> pooled = found.get(found.size() - 1).pooled();
        return new TextConditioning(Tensor.concatenated(2, hiddenStates), pooled);
    }

    /** What is kept away from. */
    TextConditioning encodeNegative(String text, Progress progress) {
        TextConditioning encoded = encode(text, progress);
        return zerosForEmptyNegativePrompt && text.isEmpty() ? encoded.zeros() : encoded;
    }

    @Override
    public void close() {
        encoders.forEach(TextEncoder::close);
    }
}
