/**
 * Making again what an image shows. A {@link sc.fiji.diffusion.replay.ReplayPlan} says where to begin: with words, or with
 * an open image that has the very pixels that were begun with; a {@link sc.fiji.diffusion.replay.Replay} does one step of
 * the history after the other, in a copy, and says whether the pixels are the same. What ControlNets steered by is looked
 * for among the open images, too, or made of them.
 */
package sc.fiji.diffusion.replay;
