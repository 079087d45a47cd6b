/**
 * Inpainting as users want it, on top of the pipeline's. {@link sc.fiji.diffusion.engine.inpaint.SelectionInpainter}
 * takes a picture of any size with a selection in it, widens and softens the mask, cuts out the selection with some
 * context, brings that to the size in which the model works, fills what lies under the mask, lets the pipeline make it
 * anew, matches the colours and lays it back. {@link sc.fiji.diffusion.engine.inpaint.InpaintRecipe} says how much of
 * each. What lies outside the selection never changes.
 */
package sc.fiji.diffusion.engine.inpaint;
