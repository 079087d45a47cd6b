package sc.fiji.diffusion.engine.pipeline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import sc.fiji.diffusion.engine.PartProgress;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.blend.PromptBlend;

/**
 * The texts of a request's images.
 *
 * @param texts of each prompt: of the prompt; or, with the negative prompt, first of that
 */
record EncodedPrompts(Map<String, List<TextConditioning>> texts) {

    static EncodedPrompts of(
            AdaptedPrompts prompts,
            TextToImageRequest request,
            boolean withNegativePrompt,
            PromptEncoder encoder,
            Progress progress) {
        Map<String, List<TextConditioning>> texts = new HashMap<>();
        prompts.withoutTags().forEach((typed, text) -> {
            Progress ofPrompt = new PartProgress(
                    progress, texts.size(), prompts.withoutTags().size());
            texts.put(typed, encoder.encode(request.withPrompt(text), withNegativePrompt, ofPrompt));
        });
        return new EncodedPrompts(texts);
    }

    /** The texts of what lies between two prompts. */
    List<TextConditioning> of(PromptBlend blend) {
        if (blend.isOnlyFrom()) {
            return texts.get(blend.from());
        }
        List<TextConditioning> to = texts.get(blend.to());
        if (blend.position() == 1) {
            return to;
        }
        List<TextConditioning> from = texts.get(blend.from());
        return IntStream.range(0, to.size())
                .mapToObj(row -> from.get(row).mixed(to.get(row), blend.position()))
                .toList();
    }
}
