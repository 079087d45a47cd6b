/**
 * Between the values that scientists hold and the colours that a model knows.
 *
 * <p>A model sees red, green and blue from 0 to 1, and gives the same. An image holds grey values of 8, 16 or 32 bits
 * that are shown through a display range and a LUT, a palette, RGB, or several channels that add up to one picture.
 * {@link sc.fiji.diffusion.pixels.ModelView} shows one position of a stack to the model, finer than the 256 colours of
 * a screen, and puts what the model makes back by the inverse of the same mapping, so that new pixels have the image's
 * type and lie in its range. {@link sc.fiji.diffusion.pixels.ValueRange} says which values are black and white.
 *
 * <p>What the mask does not name stays the same bit for bit: one loop, in {@code ModelView}, decides that for all
 * types. Two ideas do the rest. The colours of a LUT are a path through the RGB cube, and the inverse is the nearest
 * point of that path. The change of a composite is shared out among its channels by least squares on their colours.
 * Either way, a colour that comes back as it was seen leaves the value where it was, even if many values have that
 * colour.
 */
package sc.fiji.diffusion.pixels;
