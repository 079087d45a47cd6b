/** What made an image: kept with it, so that it stays known and can be made again. */
package sc.fiji.diffusion.engine.provenance;
