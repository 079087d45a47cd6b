/** What a command has to know of the macro that runs it, if one does. */
package sc.fiji.diffusion.macro;
