package sc.fiji.diffusion.engine.cli;

import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import sc.fiji.diffusion.engine.graph.Precision;
import sc.fiji.diffusion.engine.network.GraphForm;
import sc.fiji.diffusion.engine.pipeline.Execution;
import sc.fiji.diffusion.engine.runtime.Device;

/** As what networks are computed. */
final class FormOptions {

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            completionCandidates = Precisions.class,
            description =
                    "The numbers that networks compute with: ${COMPLETION-CANDIDATES} (default: float32 on the CPU,"
                            + " float16 on GPUs).")
    private Optional<Precision> precision;

    @Option(
            names = "--graph",
            paramLabel = "FORM",
            defaultValue = "FUSED",
            description = "The networks' nodes: fused (default), ONNX Runtime's own, or plain, the standard's alone.")
    private GraphForm.Operators operators;

    /** For the help. */
    static final class Precisions implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(Precision.values()).map(Precision::typed).iterator();
        }
    }

    /** How to compute on a device. */
    Execution on(Device device) {
        Precision usual = Execution.on(device).form().precision();
        return Execution.requested(device, new GraphForm(operators, precision.orElse(usual)));
    }
}
