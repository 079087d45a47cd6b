package sc.fiji.diffusion.engine.pipeline;

import java.util.function.Function;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.graph.Graph;
import sc.fiji.diffusion.engine.runtime.Device;
import sc.fiji.diffusion.engine.runtime.InferenceSession;

/** Opens a network, whichever way the checkpoint has it. */
final class NetworkSession {

    private NetworkSession() {}

    /**
     * @param component the network
     * @param writer writes its graph, where nobody has exported one
     * @param device where it is to run
     */
    static InferenceSession open(Component component, Function<Component, Graph> writer, Device device) {
        return component
                .graph()
                .map(file -> InferenceSession.open(file, device))
                .orElseGet(() -> InferenceSession.open(writer.apply(component), device));
    }
}
