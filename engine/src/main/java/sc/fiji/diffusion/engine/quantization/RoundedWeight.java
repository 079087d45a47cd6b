package sc.fiji.diffusion.engine.quantization;

import sc.fiji.diffusion.engine.checkpoint.WeightTensor;

/**
 * Where a matrix in 8 bits lies.
 *
 * @param values {@code [in, out]} of int8, from -127 to 127
 * @param scale {@code [out]} of float32: the values times these are the weights
 */
public record RoundedWeight(WeightTensor values, WeightTensor scale) {}
