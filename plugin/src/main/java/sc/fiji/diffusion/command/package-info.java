/**
 * The commands in ImageJ's menus. Each one is a {@code PlugIn} of a few lines: its form with the rules for its values,
 * then the job, then the image.
 */
package sc.fiji.diffusion.command;
