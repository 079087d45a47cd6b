/** Pixels as the engine knows them, and the way from the decoder's tensor to them and on to a PNG file. */
package sc.fiji.diffusion.engine.image;
