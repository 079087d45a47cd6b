package sc.fiji.diffusion.engine.pipeline;

import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.adapter.ModelAdaptation;
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

    static PromptEncoder open(Checkpoint checkpoint, ModelAdaptation adaptation) {
        if (checkpoint.secondTextEncoder().isEmpty()) {
            TextEncoder only = TextEncoder.open(
                    checkpoint.textEncoder(),
                    checkpoint.tokenizerFolder(),
                    TextEncoder.Reading.LAST_NORMALIZED,
                    adaptation.textEncoder());
            return new PromptEncoder(List.of(only), checkpoint.zerosForEmptyNegativePrompt());
        }
        TextEncoder first = TextEncoder.open(
                checkpoint.textEncoder(),
                checkpoint.tokenizerFolder(),
                TextEncoder.Reading.LAST_BUT_ONE,
                adaptation.textEncoder());
        try {
            TextEncoder second = TextEncoder.open(
                    checkpoint.secondTextEncoder().get(),
                    checkpoint.secondTokenizerFolder(),
                    TextEncoder.Reading.LAST_BUT_ONE,
                    adaptation.secondTextEncoder());
            return new PromptEncoder(List.of(first, second), checkpoint.zerosForEmptyNegativePrompt());
        } catch (RuntimeException e) {
            first.close();
            throw e;
        }
    }

    boolean differsFrom(ModelAdaptation wanted) {
        return encoders.get(0).differsFrom(wanted.textEncoder())
                || (encoders.size() > 1 && encoders.get(1).differsFrom(wanted.secondTextEncoder()));
    }

    void adapt(ModelAdaptation wanted) {
        encoders.get(0).adapt(wanted.textEncoder());
        if (encoders.size() > 1) {
            encoders.get(1).adapt(wanted.secondTextEncoder());
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
