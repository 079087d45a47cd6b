/**
 * Which slices of an image a command works on, and how it may. {@link sc.fiji.diffusion.stack.StackPart} is what the
 * user chose, and becomes an ordered list of {@link sc.fiji.diffusion.stack.StackPosition}, or of
 * {@link sc.fiji.diffusion.stack.StackPlane} where the channels of a composite belong together.
 * {@link sc.fiji.diffusion.stack.WritableStack} refuses what can't be written, before the work begins, and
 * {@link sc.fiji.diffusion.stack.StackUndo} makes Edit ▸ Undo bring the slices back.
 */
package sc.fiji.diffusion.stack;
