package sc.fiji.diffusion.engine.tensor;

/** What a network takes: numbers, or indices such as token ids. */
public sealed interface AnyTensor permits Tensor, IntTensor {

    /** Sizes of the dimensions; the array belongs to the tensor. */
    int[] shape();
}
