package sc.fiji.diffusion.engine.adapter;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;

/** What is added to a layer's weight {@code [out, in]} or {@code [out, in, k, k]}, as tensors of an adapter's file. */
public sealed interface WeightDelta {

    /** The sizes of the sum, which may stand for a convolution's with what follows {@code out} in one. */
    List<Integer> shape();

    /** Whether it can be added to a weight of that shape. */
    default boolean fits(List<Integer> weight) {
        List<Integer> own = Shapes.squeezed(shape());
        boolean flat = own.size() == 2
                && own.get(0).equals(weight.get(0))
                && own.get(1) == Shapes.count(weight.subList(1, weight.size()));
        return flat || own.equals(Shapes.squeezed(weight));
    }

    /** One tensor as it is. */
    record Whole(WeightTensor tensor) implements WeightDelta {

        @Override
        public List<Integer> shape() {
            return tensor.shape();
        }
    }

    /**
     * {@code up · down} (Hu et al. 2021, arXiv 2106.09685), or with a core {@code Σ up[o,r] core[r,s,k,l] down[s,i]}, a
     * convolution taken apart into three (LyCORIS, Yeh et al. 2023, arXiv 2309.14859).
     *
     * @param up {@code [out, rank]}
     * @param down {@code [rank, in]} or {@code [rank, in, k, k]}
     * @param core {@code [rank, rank, k, k]}
     * @param upIsTransposed whether {@code up} is stored as {@code [rank, out]}
     */
    record LowRank(WeightTensor up, WeightTensor down, Optional<WeightTensor> core, boolean upIsTransposed)
            implements WeightDelta {

        public LowRank {
            up = up.reshaped(Shapes.squeezed(up.shape()));
            down = down.reshaped(Shapes.squeezed(down.shape()));
            List<Integer> inner = core.map(WeightTensor::shape).orElse(List.of(rank(down), rank(down)));
            int upRank = up.shape().size() == 2 ? up.shape().get(upIsTransposed ? 0 : 1) : 0;
            boolean plain = core.isEmpty() || (inner.size() == 4 && down.shape().size() == 2);
            boolean joined = plain && inner.get(0) == upRank && inner.get(1) == rank(down);
            if (upRank < 1 || down.shape().size() < 2 || !joined) {
                throw new CheckpointException(up.file() + ": " + up.name() + " and " + down.name()
                        + ": expected [out, rank] and [rank, in] with the same rank of 1 or more, found " + up.shape()
                        + " and " + down.shape()
                        + core.map(tensor -> " with " + tensor.shape() + " between")
                                .orElse(""));
            }
        }

        private static int rank(WeightTensor down) {
            return down.shape().isEmpty() ? 0 : down.shape().get(0);
        }

        /** What {@code alpha} is divided by. */
        int rank() {
            return rank(down);
        }

        @Override
        public List<Integer> shape() {
            List<Integer> inner = core.map(WeightTensor::shape).orElse(down.shape());
            return IntStream.concat(
                            IntStream.of(
                                    up.shape().get(upIsTransposed ? 1 : 0),
                                    down.shape().get(1)),
                            inner.stream().skip(2).mapToInt(Integer::intValue))
                    .boxed()
                    .toList();
        }
    }

    /** The product of two, element by element (LoHa; Hyeon-Woo et al. 2021, arXiv 2108.06098). */
    record Hadamard(LowRank one, LowRank other) implements WeightDelta {

        public Hadamard {
            if (!one.shape().equals(other.shape())) {
                throw new CheckpointException(one.up().file() + ": " + one.up().name()
                        + ": expected two products of the same shape, found " + one.shape() + " and " + other.shape());
            }
        }

        @Override
        public List<Integer> shape() {
            return one.shape();
        }
    }

    /**
     * The Kronecker product of two (LoKr; LyCORIS, Yeh et al. 2023).
     *
     * @param one {@code [a, b]}
     * @param other {@code [c, d]} or {@code [c, d, k, k]}
     */
    record Kronecker(WeightDelta one, WeightDelta other) implements WeightDelta {

        @Override
        public List<Integer> shape() {
            List<Integer> small = Shapes.squeezed(one.shape());
            List<Integer> large = other.shape();
            if (small.size() != 2 || large.size() < 2) {
                return List.of();
            }
            long out = (long) small.get(0) * large.get(0);
            long in = (long) small.get(1) * large.get(1);
            if (Math.max(out, in) > Integer.MAX_VALUE) {
                return List.of();
            }
            return IntStream.concat(
                            IntStream.of((int) out, (int) in),
                            large.stream().skip(2).mapToInt(Integer::intValue))
                    .boxed()
                    .toList();
        }
    }
}
