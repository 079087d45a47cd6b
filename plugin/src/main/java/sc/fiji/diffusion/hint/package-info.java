/**
 * Control images that ImageJ makes well. A ControlNet steers by a picture of the kind that it was trained on;
 * {@link sc.fiji.diffusion.hint.HintMaker} makes such a picture of an open image: its edges, its brightness as depth, its
 * lines, its label numbers or the ROIs of the ROI Manager in colours. What is generated then follows the data.
 */
package sc.fiji.diffusion.hint;
