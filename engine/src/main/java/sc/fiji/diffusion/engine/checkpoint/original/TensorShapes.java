package sc.fiji.diffusion.engine.checkpoint.original;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import sc.fiji.diffusion.engine.CheckpointException;

/** Names and shapes of a file's tensors, or of those below a prefix, which their names then lack. Immutable. */
public final class TensorShapes {

    private final String source;
    private final String prefix;
    private final NavigableMap<String, List<Integer>> shapes;

    private TensorShapes(String source, String prefix, NavigableMap<String, List<Integer>> shapes) {
        this.source = source;
        this.prefix = prefix;
        this.shapes = shapes;
    }

    /**
     * @param source the file, for messages
     * @param shapes by name, outermost size first
     */
    public static TensorShapes of(String source, Map<String, List<Integer>> shapes) {
        return new TensorShapes(source, "", new TreeMap<>(shapes));
    }

    /** Those whose names begin with {@code start}, which is taken off. */
    public TensorShapes below(String start) {
        NavigableMap<String, List<Integer>> part = new TreeMap<>();
        startingWith(start).forEach((name, shape) -> part.put(name.substring(start.length()), shape));
        return new TensorShapes(source, prefix + start, part);
    }

    String source() {
        return source;
    }

    public Set<String> names() {
        return shapes.keySet();
    }

    public boolean has(String name) {
        return shapes.containsKey(name);
    }

    public boolean hasBelow(String start) {
        return !startingWith(start).isEmpty();
    }

    /** The shape of a tensor that must be there. */
    public List<Integer> shape(String name) {
        List<Integer> shape = shapes.get(name);
        if (shape == null) {
            throw new CheckpointException(source + ": expected tensor " + prefix + name + ", found none of this name");
        }
        return shape;
    }

    /** One size of a tensor that must be there. */
    int size(String name, int dimension) {
        List<Integer> shape = shape(name);
        if (dimension >= shape.size()) {
            throw wrong(name, "at least " + (dimension + 1) + " sizes", shape);
        }
        return shape.get(dimension);
    }

    /** How many blocks there are: {@code start0.…, start1.…} without a gap. */
    int count(String start) {
        int count = 0;
        while (hasBelow(start + count + ".")) {
            count++;
        }
        return count;
    }

    /** The name as it stands in the file. */
    String fullName(String name) {
        return prefix + name;
    }

    NavigableMap<String, List<Integer>> startingWith(String start) {
        return shapes.subMap(start, true, start + Character.MAX_VALUE, true);
    }

    CheckpointException wrong(String name, String expected, Object found) {
        return new CheckpointException(
                source + ": tensor " + prefix + name + ": expected " + expected + ", found " + found);
    }
}
