package sc.fiji.diffusion.engine.adapter;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;

/**
 * What a LoRA's file says of one layer.
 *
 * @param key how the file calls the layer
 * @param delta to be added to its weight
 * @param scale of it at strength 1: {@code alpha / rank}, or 1 without an alpha
 */
record LoraLayer(String key, WeightDelta delta, double scale) {

    /** The tensors of one layer, gathered before they are understood. */
    static final class Parts {

        private final Path file;
        private final String key;
        private final Map<LoraPart, WeightTensor> tensors = new EnumMap<>(LoraPart.class);

        Parts(Path file, String key) {
            this.file = file;
            this.key = key;
        }

        void add(LoraPart part, WeightTensor tensor) {
            WeightTensor before = tensors.putIfAbsent(part, tensor);
            if (before != null) {
                throw new CheckpointException(file + ": expected each part of a layer once, found " + before.name()
                        + " and " + tensor.name());
            }
        }

        /** The tensor with the layer's {@code alpha}. */
        Optional<WeightTensor> alpha() {
            return Optional.ofNullable(tensors.get(LoraPart.ALPHA));
        }

        /** @param settings for layers that have no {@code alpha} of their own */
        LoraLayer layer(Optional<Double> alpha, LoraSettings settings) {
            Set<LoraPart> found = tensors.keySet();
            if (found.contains(LoraPart.DOWN) || found.contains(LoraPart.UP)) {
                WeightDelta.LowRank delta =
                        new WeightDelta.LowRank(need(LoraPart.UP), need(LoraPart.DOWN), get(LoraPart.MID), false);
                double scale =
                        alpha.map(value -> value / delta.rank()).orElseGet(() -> settings.scale(key, delta.rank()));
                return new LoraLayer(key, delta, scale);
            }
            if (found.contains(LoraPart.HADA_W1_A)) {
                WeightDelta.LowRank one = product(LoraPart.HADA_W1_A, LoraPart.HADA_W1_B, LoraPart.HADA_T1);
                WeightDelta.LowRank other = product(LoraPart.HADA_W2_A, LoraPart.HADA_W2_B, LoraPart.HADA_T2);
                WeightDelta delta = new WeightDelta.Hadamard(one, other);
                return new LoraLayer(
                        key, delta, alpha.map(value -> value / one.rank()).orElse(1.0));
            }
            return kronecker(alpha);
        }

        private LoraLayer kronecker(Optional<Double> alpha) {
            WeightDelta one = factor(LoraPart.LOKR_W1, LoraPart.LOKR_W1_A, LoraPart.LOKR_W1_B, Optional.empty());
            WeightDelta other =
                    factor(LoraPart.LOKR_W2, LoraPart.LOKR_W2_A, LoraPart.LOKR_W2_B, Optional.of(LoraPart.LOKR_T2));
            // alpha counts only where something has a rank to divide it by
            Optional<Integer> rank = rank(other).or(() -> rank(one));
            double scale = alpha.isPresent() && rank.isPresent() ? alpha.get() / rank.get() : 1;
            return new LoraLayer(key, new WeightDelta.Kronecker(one, other), scale);
        }

        private static Optional<Integer> rank(WeightDelta factor) {
            return factor instanceof WeightDelta.LowRank product ? Optional.of(product.rank()) : Optional.empty();
        }

        private WeightDelta factor(LoraPart whole, LoraPart a, LoraPart b, Optional<LoraPart> core) {
            if (!tensors.containsKey(a)) {
                return new WeightDelta.Whole(need(whole));
            }
            Optional<WeightTensor> between = core.flatMap(this::get);
            return new WeightDelta.LowRank(need(a), need(b), between, between.isPresent());
        }

        /** LyCORIS stores the first factor transposed where there is a core. */
        private WeightDelta.LowRank product(LoraPart a, LoraPart b, LoraPart core) {
            Optional<WeightTensor> between = get(core);
            return new WeightDelta.LowRank(need(a), need(b), between, between.isPresent());
        }

        private Optional<WeightTensor> get(LoraPart part) {
            return Optional.ofNullable(tensors.get(part));
        }

        private WeightTensor need(LoraPart part) {
            return get(part)
                    .orElseThrow(() -> new CheckpointException(file + ": layer " + key + ": expected a tensor "
                            + key + part.endings().get(0) + " or of that meaning, found only "
                            + tensors.values().stream().map(WeightTensor::name).toList()));
        }
    }
}
