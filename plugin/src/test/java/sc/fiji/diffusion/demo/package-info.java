/** The first command of the README: builds the plugin, and makes an image with it in ImageJ. */
package sc.fiji.diffusion.demo;
