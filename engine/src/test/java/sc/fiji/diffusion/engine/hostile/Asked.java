package sc.fiji.diffusion.engine.hostile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import sc.fiji.diffusion.engine.CheckpointException;

/**
 * Makes the smallest file that a reader takes, of what it asks for: its refusals say which tensor is missing, and which
 * shape one should have.
 */
final class Asked {

    private static final int MOST_QUESTIONS = 1000;
    private static final Pattern MISSING = Pattern.compile("expected tensor (\\S+), found none of this name");
    private static final Pattern SHAPE = Pattern.compile("tensor (\\S+): expected shape \\[([0-9, ]*)]");

    private final Map<String, String> shapes = new LinkedHashMap<>();

    /** A tensor that the reader wants without asking, or whose shape it reads. */
    Asked with(String name, String shape) {
        shapes.put(name, shape);
        return this;
    }

    /** @param reader of a file's bytes */
    byte[] by(Consumer<byte[]> reader) {
        for (int i = 0; i < MOST_QUESTIONS; i++) {
            byte[] file = file();
            try {
                reader.accept(file);
                return file;
            } catch (CheckpointException question) {
                answer(question.getMessage());
            }
        }
        return Assertions.fail("expected at most " + MOST_QUESTIONS + " tensors, found " + shapes);
    }

    private byte[] file() {
        return FileInput.tensors(
                "",
                shapes.entrySet().stream()
                        .flatMap(tensor -> Stream.of(tensor.getKey(), tensor.getValue()))
                        .toArray(String[]::new));
    }

    private void answer(String question) {
        Matcher missing = MISSING.matcher(question);
        Matcher shape = SHAPE.matcher(question);
        if (missing.find()) {
            shapes.put(missing.group(1), "1");
        } else if (shape.find()) {
            shapes.put(shape.group(1), shape.group(2).replace(" ", ""));
        } else {
            Assertions.fail("expected a question for a tensor, found: " + question);
        }
    }
}
