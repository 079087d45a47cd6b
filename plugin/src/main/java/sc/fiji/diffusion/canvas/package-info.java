/**
 * Larger canvases. {@link sc.fiji.diffusion.canvas.CanvasBorder} says how many pixels come to each side;
 * {@link sc.fiji.diffusion.canvas.ExpandedCanvas} is a new image with the old one in it, to the bit, and with everything
 * that hangs on its pixels moved along.
 */
package sc.fiji.diffusion.canvas;
