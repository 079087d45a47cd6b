package sc.fiji.diffusion.engine.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.adapter.Adapters;
import sc.fiji.diffusion.engine.adapter.PromptAdapters;
import sc.fiji.diffusion.engine.blend.BlendedImage;

/**
 * All prompts of a request's images, and what they want the model to be adapted by.
 *
 * @param withoutTags each prompt as it is typed, and what of it is encoded; in the order of the images
 * @param adapters of all of them
 */
record AdaptedPrompts(Map<String, String> withoutTags, Adapters adapters) {

    /**
     * @throws RequestException if one prompt names other LoRAs than the first: they change the weights, which all images
     *     share
     */
    static AdaptedPrompts of(OpenedModel model, TextToImageRequest request, List<BlendedImage> images) {
        Map<String, String> withoutTags = new LinkedHashMap<>();
        Adapters all = null;
        for (String prompt : prompts(images)) {
            PromptAdapters adapted = model.adapters(request.withPrompt(prompt));
            Adapters found = adapted.adapters();
            if (all != null && !all.loras().equals(found.loras())) {
                throw new RequestException("prompt: expected the same LoRAs in all prompts, as the model has one set of"
                        + " weights, found others in \"" + prompt + "\" than in \""
                        + withoutTags.keySet().iterator().next() + "\"");
            }
            all = all == null ? found : all.and(new Adapters(List.of(), found.textualInversions()));
            withoutTags.put(prompt, adapted.prompt());
        }
        return new AdaptedPrompts(withoutTags, all);
    }

    /** Those that play a part, each once. */
    private static List<String> prompts(List<BlendedImage> images) {
        return images.stream()
                .map(BlendedImage::prompt)
                .flatMap(blend -> blend.isOnlyFrom()
                        ? Stream.of(blend.from())
                        : blend.position() == 1 ? Stream.of(blend.to()) : Stream.of(blend.from(), blend.to()))
                .distinct()
                .toList();
    }
}
