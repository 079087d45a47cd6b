package sc.fiji.diffusion.engine.pipeline;

import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.prompt.PromptSyntax;

/**
 * How a request's prompts are read. Immutable and checked when made; whether the text encoder has so many layers is
 * checked when the model is known.
 *
 * @param syntax whether brackets are weights
 * @param clipSkip how many of the text encoder's last layers are left out for the prompt, as diffusers counts: 0 is
 *     none, which AUTOMATIC1111's webui calls 1. As in diffusers, none is left out for the negative prompt.
 */
public record PromptReading(PromptSyntax syntax, int clipSkip) {

    /** With weights, and all layers. */
    public static final PromptReading USUAL = new PromptReading(PromptSyntax.WEIGHTED, 0);

    private static final int MOST_LAYERS = 1000;

    public PromptReading {
        if (syntax == null) {
            throw new RequestException("syntax: expected how the prompts are read, found null");
        }
        if (clipSkip < 0 || clipSkip > MOST_LAYERS) {
            throw new RequestException("clip skip: expected 0 to " + MOST_LAYERS + ", found " + clipSkip);
        }
    }

    public PromptReading withSyntax(PromptSyntax newSyntax) {
        return new PromptReading(newSyntax, clipSkip);
    }

    public PromptReading withClipSkip(int newClipSkip) {
        return new PromptReading(syntax, newClipSkip);
    }
}
