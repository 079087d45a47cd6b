package sc.fiji.diffusion.engine.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.adapter.ModelAdaptation;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.prompt.Prompt;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** From a text to what the UNet reads of it. What was encoded last is known and not encoded again. */
final class PromptEncoder implements AutoCloseable {

    private final List<TextEncoder> encoders;

    /** Whether an empty negative prompt is not encoded but zeros. */
    private final boolean zerosForEmptyNegativePrompt;

    private final EncodedTexts known = new EncodedTexts();

    private PromptEncoder(List<TextEncoder> encoders, boolean zerosForEmptyNegativePrompt) {
        this.encoders = encoders;
        this.zerosForEmptyNegativePrompt = zerosForEmptyNegativePrompt;
    }

    static PromptEncoder open(Checkpoint checkpoint, ModelAdaptation adaptation, Execution execution) {
        if (checkpoint.secondTextEncoder().isEmpty()) {
            TextEncoder only = TextEncoder.open(
                    checkpoint.textEncoder(),
                    checkpoint.tokenizer(),
                    TextEncoder.Reading.LAST_NORMALIZED,
                    adaptation.textEncoder(),
                    execution);
            return new PromptEncoder(List.of(only), checkpoint.zerosForEmptyNegativePrompt());
        }
        TextEncoder first = TextEncoder.open(
                checkpoint.textEncoder(),
                checkpoint.tokenizer(),
                TextEncoder.Reading.LAST_BUT_ONE,
                adaptation.textEncoder(),
                execution);
        try {
            TextEncoder second = TextEncoder.open(
                    checkpoint.secondTextEncoder().get(),
                    checkpoint.secondTokenizer(),
                    TextEncoder.Reading.LAST_BUT_ONE,
                    adaptation.secondTextEncoder(),
                    execution);
            return new PromptEncoder(List.of(first, second), checkpoint.zerosForEmptyNegativePrompt());
        } catch (RuntimeException e) {
            first.close();
            throw e;
        }
    }

    /** One, or Stable Diffusion XL's two: their hidden states are put side by side. */
    List<TextEncoder> encoders() {
        return encoders;
    }

    boolean differsFrom(ModelAdaptation wanted) {
        return encoders.get(0).differsFrom(wanted.textEncoder())
                || (encoders.size() > 1 && encoders.get(1).differsFrom(wanted.secondTextEncoder()));
    }

    void adapt(ModelAdaptation wanted) {
        known.forget();
        encoders.get(0).adapt(wanted.textEncoder());
        if (encoders.size() > 1) {
            encoders.get(1).adapt(wanted.secondTextEncoder());
        }
    }

    /** @throws RequestException if an encoder has too few layers to skip so many */
    void requireClipSkip(int clipSkip) {
        int most =
                encoders.stream().mapToInt(TextEncoder::mostSkippedLayers).min().orElse(0);
        if (clipSkip > most) {
            throw new RequestException("clip skip: expected 0 to " + most + ", as this model's text encoder has layers,"
                    + " found " + clipSkip);
        }
    }

    /**
     * What the UNet reads of a request's texts: of the prompt; or, with the negative prompt, first of that, each of as
     * many tokens as the longer one takes. Large encoders rest afterwards: their weights would lie beside the UNet's
     * through all steps, for the second that it takes to open them.
     */
    List<TextConditioning> encode(TextToImageRequest request, boolean withNegativePrompt, Progress progress) {
        requireClipSkip(request.reading().clipSkip());
        Optional<List<TextConditioning>> before = known.find(request, withNegativePrompt);
        if (before.isPresent()) {
            int count = before.get().size();
            for (int text = 0; text <= count; text++) {
                progress.report(Progress.Stage.ENCODING_TEXT, text, count);
            }
            return before.get();
        }
        List<TextConditioning> encoded = encodeAnew(request, withNegativePrompt, progress);
        encoders.forEach(TextEncoder::rest);
        known.keep(request, withNegativePrompt, encoded);
        return encoded;
    }

    private List<TextConditioning> encodeAnew(
            TextToImageRequest request, boolean withNegativePrompt, Progress progress) {
        Prompt prompt = request.reading().syntax().parse(request.prompt());
        List<TextConditioning> texts = new ArrayList<>();
        if (!withNegativePrompt) {
            progress.report(Progress.Stage.ENCODING_TEXT, 0, 1);
            texts.add(encode(prompt, chunkCount(prompt), request.reading().clipSkip(), progress));
            progress.report(Progress.Stage.ENCODING_TEXT, 1, 1);
            return texts;
        }
        Prompt negative = request.reading().syntax().parse(request.negativePrompt());
        int chunkCount = Math.max(chunkCount(prompt), chunkCount(negative));
        progress.report(Progress.Stage.ENCODING_TEXT, 0, 2);
        // As in diffusers, nothing is skipped of what is kept away from.
        TextConditioning negativeText = encode(negative, chunkCount, 0, progress);
        boolean zeros = zerosForEmptyNegativePrompt && request.negativePrompt().isEmpty();
        texts.add(zeros ? negativeText.zeros() : negativeText);
        progress.report(Progress.Stage.ENCODING_TEXT, 1, 2);
        texts.add(encode(prompt, chunkCount, request.reading().clipSkip(), progress));
        progress.report(Progress.Stage.ENCODING_TEXT, 2, 2);
        return texts;
    }

    /** Of the encoder that needs most: their vocabularies may differ. */
    private int chunkCount(Prompt prompt) {
        return encoders.stream()
                .mapToInt(encoder -> encoder.chunkCount(prompt))
                .max()
                .orElse(1);
    }

    private TextConditioning encode(Prompt prompt, int chunkCount, int skippedLayers, Progress progress) {
        List<TextConditioning> found = encoders.stream()
                .map(encoder -> encoder.encode(prompt, chunkCount, skippedLayers, progress))
                .toList();
        List<Tensor> hiddenStates =
                found.stream().map(TextConditioning::hiddenStates).toList();
        Optional<Tensor> pooled = found.get(found.size() - 1).pooled();
        return new TextConditioning(Tensor.concatenated(2, hiddenStates), pooled);
    }

    @Override
    public void close() {
        encoders.forEach(TextEncoder::close);
    }
}
