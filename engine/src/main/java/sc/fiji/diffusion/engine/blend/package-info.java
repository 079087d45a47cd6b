/**
 * Where pictures lie that lie between others. A {@link sc.fiji.diffusion.engine.blend.BlendedImage} says of one picture
 * which prompt it is led by and which seed's noise it begins with, or between which two it lies: noise along the arc,
 * texts along the line, and at the ends what prompt and seed give alone, to the bit.
 * {@link sc.fiji.diffusion.engine.blend.Variations} go from one seed's noise a part of the way to others, a
 * {@link sc.fiji.diffusion.engine.blend.Walk} goes from prompt to prompt and from seed to seed in frames. Values only:
 * the package {@code pipeline} makes the pictures.
 */
package sc.fiji.diffusion.engine.blend;
