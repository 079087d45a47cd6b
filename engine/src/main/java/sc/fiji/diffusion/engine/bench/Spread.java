package sc.fiji.diffusion.engine.bench;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Several measurements of one thing.
 *
 * @param median half of them are not above it; of an even number the mean of the middle two
 * @param least of them
 * @param most of them
 * @param count how many, at least 1
 */
public record Spread(double median, double least, double most, int count) {

    /** Of these; none if there are none. */
    static Optional<Spread> of(Collection<Double> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int last = sorted.length - 1;
        double median = (sorted[last / 2] + sorted[sorted.length / 2]) / 2;
        return Optional.of(new Spread(median, sorted[0], sorted[last], sorted.length));
    }

    /** Of the quotients of measurements that belong together. */
    static Optional<Spread> ofRatios(List<Double> numerators, List<Double> denominators) {
        int count = Math.min(numerators.size(), denominators.size());
        return of(IntStream.range(0, count)
                .mapToObj(i -> numerators.get(i) / denominators.get(i))
                .toList());
    }
}
