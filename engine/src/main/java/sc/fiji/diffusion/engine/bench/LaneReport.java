package sc.fiji.diffusion.engine.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.pipeline.Execution;

/**
 * What one way to compute images took; times in seconds.
 *
 * @param execution which way
 * @param loading to open all networks
 * @param textEncoding of the first image; those after it have the same text, which is known then
 * @param firstStep of the first image
 * @param steadySteps of all other steps, in their order
 * @param steadyProcessor the same in processor time of all threads
 * @param decoding an image
 * @param image all of an image, from text to pixels
 * @param outsideShare of an image's time that passed outside ONNX Runtime's {@code run}, 0 to 1, opening left out. The
 *     first image's is larger: the weights are hashed for it, and Java warms up
 * @param peaks the process's memory in bytes when each stage of the first image had ended
 */
public record LaneReport(
        Execution execution,
        double loading,
        double textEncoding,
        double firstStep,
        List<Double> steadySteps,
        Optional<Spread> steadyProcessor,
        Spread decoding,
        Spread image,
        Spread outsideShare,
        Map<Progress.Stage, Long> peaks) {

    public LaneReport {
        steadySteps = List.copyOf(steadySteps);
        peaks = Map.copyOf(peaks);
    }

    /** The median of the steps but the first, and how they spread; none if there is only one. */
    public Optional<Spread> steadyStep() {
        return Spread.of(steadySteps);
    }

    static LaneReport of(Execution execution, List<Section> loading, List<List<Section>> images) {
        List<Section> steps = images.stream()
                .flatMap(List::stream)
                .filter(section -> section.isOf(Progress.Stage.DENOISING))
                .toList();
        List<Section> steady = steps.subList(1, steps.size());
        return new LaneReport(
                execution,
                sum(loading, Section::seconds),
                of(images.get(0), Progress.Stage.ENCODING_TEXT),
                steps.get(0).seconds(),
                steady.stream().map(Section::seconds).toList(),
                Spread.of(steady.stream().map(Section::processorSeconds).toList()),
                spread(images.stream()
                        .map(image -> of(image, Progress.Stage.DECODING))
                        .toList()),
                spread(images.stream()
                        .map(image -> sum(image, Section::seconds))
                        .toList()),
                spread(images.stream().map(LaneReport::outsideShare).toList()),
                peaks(loading, images.get(0)));
    }

    private static double of(List<Section> image, Progress.Stage stage) {
        return sum(image.stream().filter(section -> section.isOf(stage)).toList(), Section::seconds);
    }

    private static Spread spread(List<Double> values) {
        return Spread.of(values).orElseThrow();
    }

    private static double sum(List<Section> sections, ToDoubleFunction<Section> amount) {
        return sections.stream().mapToDouble(amount).sum();
    }

    private static double outsideShare(List<Section> image) {
        List<Section> sections = image.stream()
                .filter(section -> !section.isOf(Progress.Stage.LOADING))
                .toList();
        double all = sum(sections, Section::nanoseconds);
        return (all - sum(sections, Section::runNanoseconds)) / all;
    }

    private static Map<Progress.Stage, Long> peaks(List<Section> loading, List<Section> image) {
        Map<Progress.Stage, Long> peaks = new EnumMap<>(Progress.Stage.class);
        List<Section> all = new ArrayList<>();
        Stream.of(loading, image).forEach(all::addAll);
        all.forEach(section -> peaks.put(section.begin().stage(), section.peakMemory()));
        return peaks;
    }
}
