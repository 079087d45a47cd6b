/**
 * Pictures larger than a model can make at once, from smaller ones. {@link sc.fiji.diffusion.engine.upscale.Upscaler}
 * resamples a picture to the wanted size and has image to image make it anew at low strength, tile by tile: each tile
 * has the model's native size, overlaps its neighbours as {@link sc.fiji.diffusion.engine.image.TileLayout} says,
 * takes its noise from one field over the whole picture, keeps the coarse colours of the resampled picture, and fades
 * into its neighbours with weights that add up to 1. {@link sc.fiji.diffusion.engine.upscale.ScaledSize} says how large
 * the result is.
 */
package sc.fiji.diffusion.engine.upscale;
