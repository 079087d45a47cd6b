package sc.fiji.diffusion.engine.pipeline;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.adapter.Adaptation;
import sc.fiji.diffusion.engine.graph.Graph;
import sc.fiji.diffusion.engine.runtime.InferenceSession;
import sc.fiji.diffusion.engine.tensor.AnyTensor;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** A network's session, which is opened anew when what adapters make of its weights changes. */
final class AdaptedSession implements AutoCloseable {

    private final Function<Adaptation, Graph> writer;

    /** Null after a failure to open it, until the next try. */
    private InferenceSession session;

    private Adaptation adaptation;

    private AdaptedSession(Function<Adaptation, Graph> writer, Adaptation adaptation) {
        this.writer = writer;
        this.adaptation = adaptation;
        this.session = InferenceSession.open(writer.apply(adaptation));
    }

    /** @param writer of the network's graph; it finds what does not fit before anything is opened or closed */
    static AdaptedSession open(Function<Adaptation, Graph> writer, Adaptation adaptation) {
        return new AdaptedSession(writer, adaptation);
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
        Graph graph = writer.apply(wanted);
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
