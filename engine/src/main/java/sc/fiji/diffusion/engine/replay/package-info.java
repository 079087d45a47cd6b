/**
 * Making pictures again from what is known of them. A {@link sc.fiji.diffusion.engine.replay.ReplayRequest} is made of
 * provenance and of the pictures that it names by their hashes, {@link sc.fiji.diffusion.engine.replay.Replayer} does it
 * with an open model, {@link sc.fiji.diffusion.engine.replay.ModelSearch} finds that model and its ControlNets, and
 * {@link sc.fiji.diffusion.engine.replay.Differences} says what is not as it was.
 */
package sc.fiji.diffusion.engine.replay;
