/** Which device the user chose to compute on, kept in ImageJ's preferences; and what a dialog shows of devices. */
package sc.fiji.diffusion.device;
