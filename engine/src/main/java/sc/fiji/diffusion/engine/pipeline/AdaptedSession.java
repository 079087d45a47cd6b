package sc.fiji.diffusion.engine.pipeline;

import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.adapter.Adaptation;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.graph.Graph;
import sc.fiji.diffusion.engine.runtime.InferenceSession;
import sc.fiji.diffusion.engine.tensor.AnyTensor;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** A network's session, which is opened anew when what adapters make of its weights changes. */
final class AdaptedSession implements AutoCloseable {

    private final Component component;
    private final BiFunction<Component, Adaptation, Graph> writer;

    /** Null after a failure to open it, until the next try. */
    private InferenceSession session;

    private Adaptation adaptation;

    private AdaptedSession(
            Component component, BiFunction<Component, Adaptation, Graph> writer, Adaptation adaptation) {
        this.component = component;
        this.writer = writer;
        this.adaptation = adaptation;
        requireWeights(adaptation);
        this.session = NetworkSession.open(component, part -> writer.apply(part, adaptation));
    }

    /**
     * @param component the network
     * @param writer of its graph, where nobody has exported one; it finds what does not fit before anything is opened
     */
    static AdaptedSession open(
            Component component, BiFunction<Component, Adaptation, Graph> writer, Adaptation adaptation) {
        return new AdaptedSession(component, writer, adaptation);
    }

    private void requireWeights(Adaptation wanted) {
        if (component.graph().isPresent() && !wanted.equals(Adaptation.NONE)) {
            throw new RequestException(
                    "lora: expected a model with safetensors weights, found an exported network, whose"
                            + " weights can't be changed");
        }
    }

    /** The names of the network's outputs. */
    Set<String> outputs() {
        return session.outputs();
    }

    /** Whether {@link #adapt} would open it anew. */
    boolean differsFrom(Adaptation wanted) {
        return session == null || !adaptation.equals(wanted);
    }

    /** The old session is closed first: two of a large network may not fit in memory. */
    void adapt(Adaptation wanted) {
        if (!differsFrom(wanted)) {
            return;
        }
        requireWeights(wanted);
        Graph graph = writer.apply(component, wanted);
        close();
        session = InferenceSession.open(graph);
        adaptation = wanted;
    }

    Tensor run(Map<String, AnyTensor> inputs, String output, Progress progress) {
        return session.run(inputs, output, progress);
    }

    Map<String, Tensor> run(Map<String, AnyTensor> inputs, Set<String> outputs, Progress progress) {
        return session.run(inputs, outputs, progress);
    }

    @Override
    public void close() {
        if (session != null) {
            InferenceSession closing = session;
            session = null;
            closing.close();
        }
    }
}
