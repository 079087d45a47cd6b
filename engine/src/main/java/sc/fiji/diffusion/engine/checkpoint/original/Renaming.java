package sc.fiji.diffusion.engine.checkpoint.original;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import sc.fiji.diffusion.engine.checkpoint.original.Origin.View;

/** Collects new names, and remembers which old ones are still without. Not thread-safe; used once. */
final class Renaming {

    private final TensorShapes tensors;
    private final Map<String, Origin> named = new LinkedHashMap<>();
    private final TreeSet<String> left;

    Renaming(TensorShapes tensors) {
        this.tensors = tensors;
        this.left = new TreeSet<>(tensors.names());
    }

    /** Weight, bias and whatever else is below one module go below another. */
    void module(String from, String to) {
        for (String name : tensors.startingWith(from + ".").keySet()) {
            put(name, to + name.substring(from.length()), View.WHOLE);
        }
    }

    /** A linear layer that is stored as a 1×1 convolution, in some files. */
    void linear(String from, String to) {
        for (String name : tensors.startingWith(from + ".").keySet()) {
            boolean convolution = tensors.shape(name).size() == 4;
            put(name, to + name.substring(from.length()), convolution ? View.MATRIX : View.WHOLE);
        }
    }

    /** One tensor. */
    void tensor(String from, String to, View view) {
        if (tensors.has(from)) {
            put(from, to, view);
        }
    }

    private void put(String from, String to, View view) {
        named.put(to, new Origin(tensors.fullName(from), view));
        left.remove(from);
    }

    /** Fails, naming one, if tensors were not named: they would need a computation that is not known here. */
    void requireAllNamed(String network) {
        if (!left.isEmpty()) {
            throw tensors.wrong(left.first(), "only tensors that " + network + " has", "this one");
        }
    }

    /** The shapes by the new names. */
    TensorShapes shapes() {
        Map<String, List<Integer>> shapes = new LinkedHashMap<>();
        for (Map.Entry<String, Origin> entry : named.entrySet()) {
            String old = entry.getValue().name();
            shapes.put(
                    entry.getKey(),
                    tensors.shape(old.substring(tensors.fullName("").length())));
        }
        return TensorShapes.of(tensors.source(), shapes);
    }

    Map<String, Origin> result() {
        return named;
    }
}
