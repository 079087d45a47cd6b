package sc.fiji.diffusion.engine.provenance;

import java.util.Objects;
import sc.fiji.diffusion.engine.prompt.PromptSyntax;

/**
 * What the model was told.
 *
 * @param prompt as typed
 * @param negativePrompt as typed
 * @param syntax how both were read
 * @param clipSkip layers of the text encoder left out for the prompt, as diffusers counts: 0 is none
 */
public record Texts(String prompt, String negativePrompt, PromptSyntax syntax, int clipSkip) {

    public Texts {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(negativePrompt, "negativePrompt");
        Objects.requireNonNull(syntax, "syntax");
    }
}
