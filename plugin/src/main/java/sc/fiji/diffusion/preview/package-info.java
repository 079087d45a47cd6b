/**
 * A look at what is being made: a small window of its own ({@link sc.fiji.diffusion.preview.PreviewWindow}), so that no
 * image, its Undo, its selection or its dirty flag is touched before there is a result. It takes no focus, and macros do
 * not know it as an image.
 */
package sc.fiji.diffusion.preview;
