package sc.fiji.diffusion.engine.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.graph.ElementType;
import sc.fiji.diffusion.engine.graph.Value;

/**
 * What ControlNets add to a UNet: one tensor for each that its way down leaves for its way up, and one for its middle.
 * They have the same names as a ControlNet's outputs and as a UNet's inputs.
 */
final class ControlResiduals {

    private static final String MIDDLE = "mid_block_residual";

    private ControlResiduals() {}

    static List<String> names(UNetEncoderConfig config) {
        return Stream.concat(IntStream.range(0, config.skips()).mapToObj(ControlResiduals::down), Stream.of(MIDDLE))
                .toList();
    }

    /** A ControlNet's outputs, in the order of the names. */
    static void declareOutputs(Layers layers, List<Value> residuals, UNetEncoderConfig config) {
        List<String> names = names(config);
        for (int i = 0; i < names.size(); i++) {
            layers.graph().output(names.get(i), layers.leaving(residuals.get(i)), dimensions(names.get(i)));
        }
    }

    /** Declares a UNet's inputs and adds them to what it encoded. */
    static UNetEncoder.Encoded added(Layers layers, UNetEncoder.Encoded encoded) {
        List<UNetEncoder.Skip> skips = new ArrayList<>();
        for (UNetEncoder.Skip skip : encoded.skips()) {
            Value sum = layers.graph().add(skip.value(), input(layers, down(skips.size())));
            skips.add(new UNetEncoder.Skip(sum, skip.channels()));
        }
        return new UNetEncoder.Encoded(layers.graph().add(encoded.middle(), input(layers, MIDDLE)), skips);
    }

    private static Value input(Layers layers, String name) {
        return layers.entering(layers.graph().input(name, ElementType.FLOAT32, dimensions(name)));
    }

    /** All free, so that a single zero stands for nothing to add. */
    private static String[] dimensions(String name) {
        return new String[] {name + "_batch", name + "_channels", name + "_height", name + "_width"};
    }

    private static String down(int index) {
        return "down_block_residual_" + index;
    }
}
