/**
 * Says what a file or folder is, and whether it can be used here, without opening it for use. {@link
 * sc.fiji.diffusion.engine.inspect.Inspector} looks, an {@link sc.fiji.diffusion.engine.inspect.Inspection} tells; what
 * stands in the way of a model is told, not thrown.
 */
package sc.fiji.diffusion.engine.inspect;
