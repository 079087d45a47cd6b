/**
 * The command line {@code diffuse}: one class a subcommand, each a thin layer of options over {@code pipeline}. Exit
 * status 0 if it worked, 1 with one line on standard error if not, 2 if the options make no sense.
 */
package sc.fiji.diffusion.engine.cli;
