/**
 * The face for SciJava's scripts (Groovy, Jython, PyImageJ): a service, and commands without a menu entry, whose
 * inputs and defaults are those of ImageJ's commands. The only package that touches SciJava, which plain ImageJ lacks.
 */
package sc.fiji.diffusion.scijava;
