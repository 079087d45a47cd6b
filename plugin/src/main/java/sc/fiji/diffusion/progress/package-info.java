/** How far a job is, told in the places where users of ImageJ look: its status line and its progress bar. */
package sc.fiji.diffusion.progress;
