/**
 * What the engine knows of how pictures came to be, kept with ImageJ's images:
 * {@link sc.fiji.diffusion.provenance.ImageProvenance} keeps the history of each slice in a property that ImageJ saves in
 * TIFF files, and finds slices again by their pixels.
 */
package sc.fiji.diffusion.provenance;
