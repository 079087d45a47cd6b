/**
 * Changing open images. An {@link sc.fiji.diffusion.edit.EditPlan} says which slices are worked on and with which
 * masks; {@link sc.fiji.diffusion.edit.ImageEditor} goes through them: what a slice shows goes to the model, what comes
 * back goes into its pixels, or elsewhere ({@link sc.fiji.diffusion.edit.EditOutput}), and what was generated is kept
 * with the image. Edit ▸ Undo brings everything back. A run that is cancelled or fails leaves the slices that are done as
 * they are, and the others untouched.
 */
package sc.fiji.diffusion.edit;
