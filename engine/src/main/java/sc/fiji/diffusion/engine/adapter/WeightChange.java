package sc.fiji.diffusion.engine.adapter;

/**
 * {@code scale · delta}, added to a layer's weight.
 *
 * @param delta what is added
 * @param scale finite, not 0: the strength times {@code alpha / rank}
 */
public record WeightChange(WeightDelta delta, double scale) {}
