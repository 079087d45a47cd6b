/**
 * What a command asks: one declared list of fields, shown to people as a {@code GenericDialog}, read in macros from
 * the options of {@code run}, and written by the macro recorder with the same keys.
 *
 * <p>ImageJ's own dialog could do all three, but looks for {@code key=} anywhere in the options, so that words of a
 * prompt would be read as settings; it can't be made without a display; and it breaks off a text at a bracket. So a
 * macro never meets a dialog here: {@link sc.fiji.diffusion.form.MacroOptions} reads the options from left to right.
 */
package sc.fiji.diffusion.form;
