/**
 * Which pixels of an image were generated and not measured. {@link sc.fiji.diffusion.altered.AlteredPixels} adds up the
 * masks of all runs, keeps them with the image in a property that TIFF files carry, and says in the Info how many they
 * are; {@link sc.fiji.diffusion.altered.AlteredPixelsImage} shows them.
 */
package sc.fiji.diffusion.altered;
