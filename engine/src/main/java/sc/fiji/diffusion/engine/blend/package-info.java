/**
 * Pictures between others. A {@link sc.fiji.diffusion.engine.blend.BlendRequest} is a
 * {@link sc.fiji.diffusion.engine.blend.VariationRequest}, which goes from one seed's noise a part of the way to others,
 * or an {@link sc.fiji.diffusion.engine.blend.InterpolationRequest}, which goes from prompt to prompt and from seed to
 * seed in frames. Both say of each image where it lies, as a {@code BlendedImage} of the package {@code pipeline}, and
 * the pipeline makes them as it makes all others: noise along the arc, texts along the line, and at the ends what the
 * prompt and the seed give alone, to the bit.
 */
package sc.fiji.diffusion.engine.blend;
