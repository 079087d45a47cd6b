package sc.fiji.diffusion.engine.pipeline;

import java.util.Map;
import java.util.Set;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.adapter.Adaptation;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.graph.Graph;
import sc.fiji.diffusion.engine.network.GraphForm;
import sc.fiji.diffusion.engine.runtime.InferenceSession;
import sc.fiji.diffusion.engine.runtime.NativeHeap;
import sc.fiji.diffusion.engine.tensor.AnyTensor;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * A network's session, which is opened anew when what adapters make of its weights changes, and when it is run after it
 * has rested.
 */
final class AdaptedSession implements AutoCloseable {

    /** Writes a network's graph. */
    @FunctionalInterface
    interface Writer {
        Graph graph(Component component, Adaptation adaptation, GraphForm form);
    }

    private final Component component;
    private final Writer writer;
    private Execution execution;

    /** Null while it rests. */
    private InferenceSession session;

    private Adaptation adaptation;

    private AdaptedSession(Component component, Writer writer, Adaptation adaptation, Execution execution) {
        this.component = component;
        this.writer = writer;
        this.execution = execution;
        this.adaptation = adaptation;
        requireWeights(adaptation);
        this.session = opened();
    }

    /**
     * @param component the network
     * @param writer of its graph, where nobody has exported one; it finds what does not fit before anything is opened
     * @param execution where it is to run, and as what
     */
    static AdaptedSession open(Component component, Writer writer, Adaptation adaptation, Execution execution) {
        return new AdaptedSession(component, writer, adaptation, execution);
    }

    private Graph graph(Adaptation wanted) {
        return writer.graph(component, wanted, execution.form());
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
        return opened().outputs();
    }

    private InferenceSession opened() {
        if (session == null) {
            session = NetworkSession.open(component, part -> graph(adaptation), execution.device());
            NativeHeap.trimAfter(component.weightBytes());
        }
        return session;
    }

    /** Whether {@link #adapt} would open it anew. */
    boolean differsFrom(Adaptation wanted) {
        return !adaptation.equals(wanted);
    }

    /** How it is computed. */
    Execution execution() {
        return execution;
    }

    /** Opens it anew in float32. */
    void inFloat32() {
        execution = execution.inFloat32();
        Adaptation before = adaptation;
        close();
        session = NetworkSession.open(component, part -> graph(before), execution.device());
    }

    /** The old session is closed first: two of a large network may not fit in memory. */
    void adapt(Adaptation wanted) {
        if (!differsFrom(wanted)) {
            return;
        }
        requireWeights(wanted);
        Graph graph = graph(wanted);
        rest();
        session = InferenceSession.open(graph, execution.device());
        NativeHeap.trimAfter(component.weightBytes());
        adaptation = wanted;
    }

    Tensor run(Map<String, AnyTensor> inputs, String output, Progress progress) {
        return opened().run(inputs, output, progress);
    }

    /** As {@link #run}, when no other run follows soon. */
    Tensor runLast(Map<String, AnyTensor> inputs, String output, Progress progress) {
        return opened().runLast(inputs, output, progress);
    }

    Map<String, Tensor> run(Map<String, AnyTensor> inputs, Set<String> outputs, Progress progress) {
        return opened().run(inputs, outputs, progress);
    }

    /** Frees the weights; the next run opens them again. */
    void rest() {
        if (session != null) {
            InferenceSession closing = session;
            session = null;
            closing.close();
            NativeHeap.trimAfter(component.weightBytes());
        }
    }

    @Override
    public void close() {
        rest();
    }
}
