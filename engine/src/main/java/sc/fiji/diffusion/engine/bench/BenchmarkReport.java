package sc.fiji.diffusion.engine.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a benchmark found.
 *
 * @param model its name
 * @param settings what was measured
 * @param machine on what
 * @param engineVersion of this program
 * @param runtimeVersion of ONNX Runtime
 * @param lanes each way to compute the images, in the settings' order
 * @param opening seconds in which ONNX Runtime opened the networks, by their names; all ways together
 * @param peakMemory of the process, all ways together
 */
public record BenchmarkReport(
        String model,
        BenchmarkSettings settings,
        Machine machine,
        String engineVersion,
        String runtimeVersion,
        List<LaneReport> lanes,
        Map<String, Double> opening,
        PeakMemory peakMemory) {

    public BenchmarkReport {
        lanes = List.copyOf(lanes);
        opening = new TreeMap<>(opening);
    }

    /** The first way against each of the others. */
    public List<Comparison> comparisons() {
        return lanes.stream()
                .skip(1)
                .map(other -> Comparison.of(lanes.get(0), other))
                .toList();
    }
}
