package sc.fiji.diffusion.engine.adapter;

import java.util.List;

/** Sizes of layers' weights. */
final class Shapes {

    private Shapes() {}

    /** A 1×1 convolution's weight has the shape of a linear layer's: {@code [out, in, 1, 1]} becomes {@code [out, in]}. */
    static List<Integer> squeezed(List<Integer> shape) {
        int dimensions = shape.size();
        while (dimensions > 2 && shape.get(dimensions - 1) == 1) {
            dimensions--;
        }
        return List.copyOf(shape.subList(0, dimensions));
    }

    static long count(List<Integer> shape) {
        // The other sizes of an empty tensor can be such that their product overflows.
        return shape.contains(0)
                ? 0
                : shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }
}
