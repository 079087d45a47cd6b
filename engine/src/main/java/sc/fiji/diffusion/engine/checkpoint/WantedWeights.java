package sc.fiji.diffusion.engine.checkpoint;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.safetensors.DType;

/**
 * Stands for weights that nobody has written yet, and keeps in mind what a network asks of them: the network itself then
 * says which tensors it consists of. They have names and shapes, but no bytes. Not thread-safe.
 */
public final class WantedWeights extends Weights {

    private final Path file;
    private final Predicate<String> exists;
    private final Map<String, List<Integer>> known;
    private final Map<String, List<Integer>> wanted = new LinkedHashMap<>();

    /**
     * @param file any file that is there, in whose place the tensors seem to be
     * @param exists which tensors are there, of those that a checkpoint may or may not have
     * @param known the shapes that a network does not know but reads off the tensor
     */
    public WantedWeights(Path file, Predicate<String> exists, Map<String, List<Integer>> known) {
        super(file.toString(), List.of(), Map.of());
        this.file = file.toAbsolutePath();
        this.exists = exists;
        this.known = Map.copyOf(known);
    }

    /** The shapes of all tensors that were asked for, by name, in the order of the first time. Unmodifiable. */
    public Map<String, List<Integer>> shapes() {
        return Collections.unmodifiableMap(wanted);
    }

    @Override
    public boolean has(String name) {
        return exists.test(name);
    }

    /** A tensor of a known shape; any other has none until it is asked for with one. */
    @Override
    public WeightTensor get(String name) {
        List<Integer> shape = known.get(name);
        return shape == null ? tensor(name, List.of()) : get(name, shape);
    }

    @Override
    public WeightTensor get(String name, List<Integer> shape) {
        List<Integer> before = wanted.putIfAbsent(name, List.copyOf(shape));
        if (before != null && !before.equals(shape)) {
            throw new CheckpointException(
                    this + ": tensor " + name + ": expected shape " + before + " again, found " + shape);
        }
        return tensor(name, shape);
    }

    private WeightTensor tensor(String name, List<Integer> shape) {
        return new WeightTensor(name, file, 0, 0, DType.F16, shape);
    }
}
