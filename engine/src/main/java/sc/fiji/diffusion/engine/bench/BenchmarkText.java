package sc.fiji.diffusion.engine.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.pipeline.Execution;

/** Writes a report for people: a table with a column for each way to compute the images. */
public final class BenchmarkText {

    private static final int NAME_WIDTH = 30;

    private final BenchmarkReport report;
    private final StringBuilder text = new StringBuilder();

    private BenchmarkText(BenchmarkReport report) {
        this.report = report;
    }

    /** Lines, the last one ending in a line feed. */
    public static String of(BenchmarkReport report) {
        BenchmarkText writer = new BenchmarkText(report);
        writer.head();
        writer.times();
        writer.comparisons();
        return writer.text.toString();
    }

    private void head() {
        BenchmarkSettings settings = report.settings();
        Machine machine = report.machine();
        line("model", report.model());
        line(
                "images",
                String.format(
                        Locale.ROOT,
                        "%d of %d x %d, %d steps, guidance %s",
                        settings.repeat(),
                        settings.width(),
                        settings.height(),
                        settings.steps(),
                        settings.guidance() > 1 ? settings.guidance() : "off"));
        line(
                "machine",
                String.format(
                        Locale.ROOT,
                        "%s, %d cores, %.1f GB, %s, Java %s",
                        machine.processor(),
                        machine.cores(),
                        machine.memory() / 1e9,
                        machine.system(),
                        machine.java()));
        if (machine.load() >= 0) {
            line("load before", number(machine.load()) + " (threads of all programs; above 0 times are upper bounds)");
        }
        line("versions", "diffuse " + report.engineVersion() + ", ONNX Runtime " + report.runtimeVersion());
        text.append('\n');
    }

    private void times() {
        row("", lane -> name(lane.execution()));
        row("loading", lane -> seconds(lane.loading()));
        row("text encoding", lane -> seconds(lane.textEncoding()));
        row("first step", lane -> seconds(lane.firstStep()));
        row("steady step", lane -> lane.steadyStep().map(BenchmarkText::seconds).orElse("-"));
        row(
                "  processor time",
                lane -> lane.steadyProcessor().map(BenchmarkText::seconds).orElse("-"));
        row("decoding", lane -> seconds(lane.decoding()));
        row("image", lane -> seconds(lane.image()));
        row("outside ONNX Runtime", lane -> percent(lane.outsideShare()));
        for (Progress.Stage stage : Progress.Stage.values()) {
            row(
                    "memory after " + stage.label().toLowerCase(Locale.ROOT),
                    lane -> gigabytes(lane.peaks().getOrDefault(stage, 0L)));
        }
        text.append('\n');
    }

    private void comparisons() {
        for (Comparison comparison : report.comparisons()) {
            String pair = name(comparison.execution()) + " / " + name(comparison.other());
            line(
                    "steady step",
                    pair + " = "
                            + comparison.steadyStep().map(BenchmarkText::ratio).orElse("-"));
            line("first step", pair + " = " + number(comparison.firstStep()));
            line("decoding", pair + " = " + number(comparison.decoding()));
        }
        line(
                "opened by ONNX Runtime",
                report.opening().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + seconds(entry.getValue()))
                        .collect(Collectors.joining(", ")));
        line(
                "peak memory",
                gigabytes(report.peakMemory().bytes()) + " ("
                        + report.peakMemory().kind() + ")");
    }

    private void row(String name, Function<LaneReport, String> cell) {
        List<String> cells = new ArrayList<>();
        report.lanes().forEach(lane -> cells.add(String.format(Locale.ROOT, "%-32s", cell.apply(lane))));
        line(name, String.join("", cells));
    }

    private void line(String name, String value) {
        text.append(String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s%s", name, value)
                        .stripTrailing())
                .append('\n');
    }

    private static String name(Execution execution) {
        return (execution.form().operators() + " " + execution.form().precision() + " " + execution.device())
                .toLowerCase(Locale.ROOT);
    }

    private static String seconds(double seconds) {
        return number(seconds) + " s";
    }

    private static String seconds(Spread spread) {
        return spread.count() == 1 ? seconds(spread.median()) : ratio(spread) + " s";
    }

    private static String percent(Spread share) {
        return share.count() == 1
                ? String.format(Locale.ROOT, "%.2f %%", 100 * share.median())
                : String.format(Locale.ROOT, "%.2f to %.2f %%", 100 * share.least(), 100 * share.most());
    }

    private static String ratio(Spread spread) {
        return number(spread.median()) + " (" + number(spread.least()) + " to " + number(spread.most()) + ")";
    }

    /** Three significant digits. */
    private static String number(double value) {
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
    }
}
