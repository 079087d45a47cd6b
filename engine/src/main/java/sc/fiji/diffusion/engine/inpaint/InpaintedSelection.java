package sc.fiji.diffusion.engine.inpaint;

import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;

/**
 * What became of a selection.
 *
 * @param result pictures of the whole size, with what was made in its place; to be laid over the original through
 *     {@code blend}. The latents are those of the part that the model saw
 * @param blend 0 wherever the original stays, which is everywhere outside the selection; rising to 1 inside it
 */
public record InpaintedSelection(GenerationResult result, Mask blend) {}
