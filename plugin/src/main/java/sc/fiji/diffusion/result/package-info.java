/**
 * From the engine's pixels to ImageJ's images: a new one, or slices at the end of the one that is active. Either way
 * the slices are labelled with their seeds, and the Info says how they came to be.
 */
package sc.fiji.diffusion.result;
