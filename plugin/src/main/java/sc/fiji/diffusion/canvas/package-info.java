/**
 * Copies of images with other borders or another number of pixels. {@link sc.fiji.diffusion.canvas.CanvasBorder} says
 * how many pixels come to each side; {@link sc.fiji.diffusion.canvas.ExpandedCanvas} is a new image with the old one in
 * it, to the bit, and with everything that hangs on its pixels moved along.
 * {@link sc.fiji.diffusion.canvas.ScaledImage} is a new image, or a part of a stack, with interpolated pixels.
 */
package sc.fiji.diffusion.canvas;
