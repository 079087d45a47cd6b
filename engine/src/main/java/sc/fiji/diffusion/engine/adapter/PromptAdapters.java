package sc.fiji.diffusion.engine.adapter;

import java.util.List;
import sc.fiji.diffusion.engine.RequestException;

/**
 * The adapters of one request: those that are always used, and those that its prompts name.
 *
 * @param prompt the prompt without its tags
 * @param adapters all of them
 */
public record PromptAdapters(String prompt, Adapters adapters) {

    /**
     * @param always used whatever the prompt says
     * @throws RequestException if a tag makes no sense, or names what is not there
     * @throws sc.fiji.diffusion.engine.CheckpointException if a file that is named is broken
     */
    public static PromptAdapters of(String prompt, String negativePrompt, Adapters always, AdapterFolders folders) {
        LoraTags tags = LoraTags.of(prompt);
        if (!LoraTags.of(negativePrompt).tags().isEmpty()) {
            throw new RequestException("negative prompt: expected <lora:…> in the prompt alone, as a LoRA changes the"
                    + " whole model, found one here");
        }
        Adapters named = folders.named(tags.tags(), List.of(tags.text(), negativePrompt));
        return new PromptAdapters(tags.text(), always.and(named));
    }
}
