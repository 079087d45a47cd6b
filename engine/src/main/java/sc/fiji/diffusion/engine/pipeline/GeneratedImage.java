package sc.fiji.diffusion.engine.pipeline;

import sc.fiji.diffusion.engine.image.RgbImage;

/**
 * One image of a batch.
 *
 * @param image its pixels
 * @param seed the seed that makes this very image again, alone; of a {@link BlendRequest}, the one that it goes out from
 */
public record GeneratedImage(RgbImage image, long seed) {}
