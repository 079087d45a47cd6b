/**
 * One command after the other. A {@link sc.fiji.diffusion.queue.JobQueue} gives each its turn, in an order that people may
 * change, knows how far it is and cancels it; a {@link sc.fiji.diffusion.queue.QueueWindow} shows that. The queue knows
 * nothing of its window: it works in macros and without a display too. What a command does in its turn, one picture or the
 * slices of a stack, it does on its own thread, which waits until then.
 */
package sc.fiji.diffusion.queue;
