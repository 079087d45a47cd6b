package sc.fiji.diffusion.engine.checkpoint.original;

/**
 * Where a tensor under diffusers' name comes from.
 *
 * @param name of the tensor in the file
 * @param view what of it
 */
public record Origin(String name, View view) {

    /** A way to see the bytes of a tensor, none of which copies them. */
    public enum View {
        /** As it is. */
        WHOLE,
        /** The first third of its rows, in OpenCLIP the query's. */
        FIRST_THIRD,
        /** The second third of its rows, the key's. */
        SECOND_THIRD,
        /** The last third of its rows, the value's. */
        LAST_THIRD,
        /** Stored as {@code [in, out]}, wanted as {@code [out, in]}. */
        TRANSPOSED,
        /** A 1×1 convolution {@code [out, in, 1, 1]} as the matrix {@code [out, in]}. */
        MATRIX
    }
}
