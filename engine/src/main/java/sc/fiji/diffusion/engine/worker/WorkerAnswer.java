package sc.fiji.diffusion.engine.worker;

import java.util.Map;
import sc.fiji.diffusion.engine.EngineException;

/**
 * What a worker answers.
 *
 * @param outputs numbers by their names
 * @param refusal why it could not do what it was asked, in a word; empty if it could
 */
record WorkerAnswer(Map<String, Object> outputs, String refusal) {

    WorkerAnswer {
        outputs = Map.copyOf(outputs);
    }

    boolean isRefusal() {
        return !refusal.isEmpty();
    }

    /** Where a refusal means that the two processes don't understand each other. */
    WorkerAnswer orThrow(Operation operation) {
        if (isRefusal()) {
            throw new EngineException(
                    "engine: expected its process to " + operation.script() + " what it is told, found " + refusal);
        }
        return this;
    }

    long number(String name) {
        if (outputs.get(name) instanceof Number number) {
            return number.longValue();
        }
        throw new EngineException("engine: expected its process to tell " + name + ", found " + outputs);
    }
}
