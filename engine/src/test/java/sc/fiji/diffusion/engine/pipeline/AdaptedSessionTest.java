package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.adapter.Adaptation;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.network.ClipText;
import sc.fiji.diffusion.engine.tensor.AnyTensor;
import sc.fiji.diffusion.engine.tensor.IntTensor;

class AdaptedSessionTest {

    private static final Checkpoint EMBEDDED = Checkpoint.open(Models.locate(Models.EMBEDDED));

    @Test
    void aSessionThatHasRestedOpensAgainWhenItIsRunAndGivesTheSame() {
        Map<String, AnyTensor> inputs = Map.of(ClipText.INPUT_IDS, IntTensor.of(new int[77], 1, 77));
        String output = ClipText.lastHiddenState(0);
        try (AdaptedSession session =
                AdaptedSession.open(EMBEDDED.textEncoder(), ClipText::graph, Adaptation.NONE, Execution.USUAL)) {
            float[] before = session.run(inputs, output, Progress.NONE).values();
            session.rest();
            assertFalse(session.differsFrom(Adaptation.NONE), "nothing to adapt");
            assertArrayEquals(before, session.run(inputs, output, Progress.NONE).values());
            assertArrayEquals(
                    before, session.runLast(inputs, output, Progress.NONE).values());
        }
    }
}
