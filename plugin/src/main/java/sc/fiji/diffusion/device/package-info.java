/** Which device and precision the user chose to compute with, kept in ImageJ's preferences; and what a dialog shows of devices. */
package sc.fiji.diffusion.device;
