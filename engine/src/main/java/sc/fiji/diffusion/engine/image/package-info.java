/**
 * Pixels as the engine knows them, and what is done with them outside the networks. An
 * {@link sc.fiji.diffusion.engine.image.RgbImage} comes from a file or from the decoder's tensor; a
 * {@link sc.fiji.diffusion.engine.image.Mask} says what of it may change.
 *
 * <p>Inpainting in order: {@link sc.fiji.diffusion.engine.image.InpaintGeometry} says how far around the selection to
 * reach and at which size to work; {@link sc.fiji.diffusion.engine.image.MaskShape} grows and softens the mask;
 * {@link sc.fiji.diffusion.engine.image.Resampling} brings the region to the model's size;
 * {@link sc.fiji.diffusion.engine.image.MaskFill} says what the denoising starts from;
 * {@link sc.fiji.diffusion.engine.image.ColorMatch} takes back the decoder's shift of colours; and
 * {@link sc.fiji.diffusion.engine.image.Blend} lays the result over the original, which stays the same to the bit where
 * the mask is 0.
 *
 * <p>What is too large to be worked on as a whole is cut into overlapping tiles by
 * {@link sc.fiji.diffusion.engine.image.TileLayout}, whose weights lay them over one another without a seam.
 */
package sc.fiji.diffusion.engine.image;
