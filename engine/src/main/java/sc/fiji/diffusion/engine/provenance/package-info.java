/**
 * What made a picture: kept with it, so that it stays known and can be made again.
 * {@link sc.fiji.diffusion.engine.provenance.Provenance} says how one job made it, in lines for people and in JSON for
 * programs; a {@link sc.fiji.diffusion.engine.provenance.History} lists all jobs that worked on it.
 */
package sc.fiji.diffusion.engine.provenance;
