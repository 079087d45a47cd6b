/**
 * What may change in an image: {@link sc.fiji.diffusion.selection.MaskSource} is the user's choice, the selection, the
 * ROI Manager or a mask image, and gives {@link sc.fiji.diffusion.selection.PlacedMask}s, each for the slices that its
 * {@link sc.fiji.diffusion.selection.MaskPosition} covers. {@link sc.fiji.diffusion.selection.SelectionMask} turns one
 * selection into a mask, pixel for pixel as ImageJ fills it. {@link sc.fiji.diffusion.selection.SelectedRectangle} is for
 * what is made anew wholly.
 */
package sc.fiji.diffusion.selection;
