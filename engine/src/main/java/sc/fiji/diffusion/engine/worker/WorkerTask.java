package sc.fiji.diffusion.engine.worker;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import org.apposed.appose.Service.ResponseType;
import sc.fiji.diffusion.engine.Progress;

/** A task of Appose's as its worker sees it: what is asked, whether to go on, and the way to answer. */
final class WorkerTask implements Progress {

    /** In an update's info: a sentence for the user. */
    static final String NOTICE = "notice";

    /** Of signs, which may take six bytes each in an answer. */
    private static final int LONGEST_NOTICE = 500;

    private final String id;
    private final Operation operation;
    private final JsonObject inputs;
    private final Replies replies;
    private volatile boolean cancelled;

    WorkerTask(String id, Operation operation, JsonObject inputs, Replies replies) {
        this.id = id;
        this.operation = operation;
        this.inputs = inputs;
        this.replies = replies;
    }

    Operation operation() {
        return operation;
    }

    String text(String input) {
        return inputs.get(input).getAsString();
    }

    long number(String input) {
        return inputs.get(input).getAsLong();
    }

    void cancel() {
        cancelled = true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void report(Stage stage, int done, int total) {
        answer(
                ResponseType.UPDATE,
                Map.of(
                        "message", new JsonPrimitive(stage.name()),
                        "current", new JsonPrimitive(done),
                        "maximum", new JsonPrimitive(total)));
    }

    @Override
    public void notice(String sentence) {
        JsonObject info = new JsonObject();
        info.addProperty(NOTICE, sentence.substring(0, Math.min(sentence.length(), LONGEST_NOTICE)));
        update(info);
    }

    /** Tells the client where a preview lies. */
    void update(JsonObject info) {
        answer(ResponseType.UPDATE, Map.of("info", info));
    }

    void launched() {
        answer(ResponseType.LAUNCH, Map.of());
    }

    void completed(Map<String, Long> outputs) {
        JsonObject numbers = new JsonObject();
        outputs.forEach(numbers::addProperty);
        answer(ResponseType.COMPLETION, Map.of("outputs", numbers));
    }

    void cancelled() {
        answer(ResponseType.CANCELATION, Map.of());
    }

    /** @param error short */
    void failed(String error) {
        answer(ResponseType.FAILURE, Map.of("error", new JsonPrimitive(error)));
    }

    private void answer(ResponseType type, Map<String, JsonElement> fields) {
        JsonObject message = new JsonObject();
        message.addProperty("task", id);
        message.addProperty("responseType", type.name());
        fields.forEach(message::add);
        replies.send(message);
    }
}
