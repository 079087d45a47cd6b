/**
 * Stable Diffusion in the menus of ImageJ and Fiji: a prompt goes in, an image or a stack comes out.
 *
 * <p>There are two faces over one core. ImageJ's commands ({@code command}) ask a person through a dialog, or read the
 * options of a macro, both from one declared list of fields ({@code form}); SciJava's service and commands
 * ({@code scijava}) are for scripts, and only that package may touch SciJava, because plain ImageJ has none. Either way
 * a job ({@code job}) goes to the engine, which keeps one model warm and works on one job at a time, tells how far it
 * is ({@code progress}), and gives pixels that become an image that knows how it was made ({@code result}). What it is
 * computed on, the user chooses ({@code device}), and which models there are ({@code models}).
 *
 * <p>Commands wait for their turn ({@code queue}), show how a picture comes along ({@code preview}), and are kept to be used
 * again ({@code history}).
 *
 * <p>Open images are changed slice by slice ({@code edit}): which slices ({@code stack}), what may change in them
 * ({@code selection}), what the model sees of their values and how new values come back ({@code pixels}), and which
 * pixels are generated from then on ({@code altered}). An image with wider borders is made in {@code canvas}. How each slice
 * came to be stays with it ({@code provenance}), so that it can be made again ({@code replay}); whether it carries the mark of
 * what is generated is found in its pixels ({@code watermark}).
 */
package sc.fiji.diffusion;
