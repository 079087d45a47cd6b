package sc.fiji.diffusion.engine.checkpoint;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.original.Origin;
import sc.fiji.diffusion.engine.checkpoint.original.TensorShapes;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.safetensors.TensorInfo;

/** Where the tensors of one component lie: in one file or in several shards. Nothing of them is in memory. */
public sealed class Weights permits WantedWeights {

    private final String source;
    private final List<Path> files;
    private final Map<String, WeightTensor> tensors;

    Weights(String source, List<Path> files, Map<String, WeightTensor> tensors) {
        this.source = source;
        this.files = List.copyOf(files);
        this.tensors = tensors;
    }

    /**
     * The weights in a component's folder. Of several files the best is taken: {@code <name>.safetensors}, its shards,
     * then a variant such as {@code <name>.fp16.safetensors}.
     *
     * @param folder such as {@code unet/}
     */
    public static Weights inFolder(Path folder) {
        return WeightFiles.find(folder).open();
    }

    /** Those of a network that is a finished graph: none that could be looked at. */
    static Weights none(String source) {
        return new Weights(source, List.of(), Map.of());
    }

    /** Some of a file's tensors under new names. */
    static Weights named(SafetensorsFile file, Map<String, Origin> origins) {
        Path realFile = realFile(file.path());
        Map<String, WeightTensor> tensors = new TreeMap<>();
        origins.forEach((name, origin) -> tensors.put(
                name, tensor(file, realFile, file.tensor(origin.name()), name).seen(origin.view())));
        return new Weights(file.path().toString(), List.of(file.path()), tensors);
    }

    /** Names and shapes of all tensors in a file. */
    public static TensorShapes shapes(SafetensorsFile file) {
        Map<String, List<Integer>> shapes = new LinkedHashMap<>();
        file.tensors().forEach((name, info) -> shapes.put(name, shape(file.path(), info)));
        return TensorShapes.of(file.path().toString(), shapes);
    }

    /** All tensors of a safetensors file. */
    public static Weights ofFile(Path file) {
        Map<String, WeightTensor> tensors = new LinkedHashMap<>();
        addTensors(file, tensors);
        return new Weights(file.toString(), List.of(file), tensors);
    }

    /** Reads {@code *.safetensors.index.json}: which tensor is in which shard, beside it. */
    static Weights ofIndex(Path index) {
        ConfigFile map = ConfigFile.read(index).object("weight_map");
        if (map.fields().isEmpty()) {
            throw new CheckpointException(index + ": weight_map: expected the files of tensors, found none");
        }
        SortedSet<String> shards = new TreeSet<>();
        for (String tensor : map.fields()) {
            shards.add(requireBeside(index, tensor, map.text(tensor, "")));
        }
        Map<String, WeightTensor> tensors = new LinkedHashMap<>();
        List<Path> files = new ArrayList<>();
        for (String shard : shards) {
            Path file = index.resolveSibling(shard);
            files.add(file);
            addTensors(file, tensors);
        }
        for (String tensor : map.fields()) {
            if (!tensors.containsKey(KeyNames.presentDay(tensor))) {
                throw new CheckpointException(
                        index + ": expected tensor " + tensor + " in " + map.text(tensor, "") + ", found none");
            }
        }
        return new Weights(index.toString(), files, tensors);
    }

    /** Neither elsewhere nor in the words of another system ({@code ..\\x}, {@code C:x}), nor no name at all. */
    private static String requireBeside(Path index, String tensor, String shard) {
        boolean plain = shard.endsWith(".safetensors") && shard.chars().noneMatch(c -> "/\\:".indexOf(c) >= 0);
        try {
            if (plain && Path.of(shard).getNameCount() == 1) {
                return shard;
            }
        } catch (InvalidPathException notAName) {
            throw notBeside(index, tensor, shard, notAName);
        }
        throw notBeside(index, tensor, shard, null);
    }

    private static CheckpointException notBeside(Path index, String tensor, String shard, Exception cause) {
        return new CheckpointException(
                index + ": " + tensor + ": expected a safetensors file in the same folder, found " + shard, cause);
    }

    private static void addTensors(Path file, Map<String, WeightTensor> tensors) {
        SafetensorsFile header = SafetensorsFile.open(file);
        Path realFile = realFile(file);
        for (TensorInfo info : header.tensors().values()) {
            String name = KeyNames.presentDay(info.name());
            WeightTensor tensor = tensor(header, realFile, info, name);
            if (tensors.putIfAbsent(name, tensor) != null) {
                throw new CheckpointException(file + ": expected tensor " + name + " once, found it twice");
            }
        }
    }

    private static WeightTensor tensor(SafetensorsFile file, Path realFile, TensorInfo info, String name) {
        return new WeightTensor(
                name, realFile, file.fileOffset(info), info.byteLength(), info.dtype(), shape(file.path(), info));
    }

    private static List<Integer> shape(Path file, TensorInfo info) {
        List<Integer> shape = new ArrayList<>();
        for (long size : info.shape()) {
            if (size > Integer.MAX_VALUE) {
                throw new CheckpointException(
                        file + ": tensor " + info.name() + ": expected sizes below 2^31, found " + size);
            }
            shape.add((int) size);
        }
        return shape;
    }

    private static Path realFile(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw new CheckpointException(file + ": expected a file that can be read, found " + e.getMessage(), e);
        }
    }

    /** The files that hold the weights, in a fixed order. */
    public List<Path> files() {
        return files;
    }

    /** The names of all tensors, in the files' order. Unmodifiable. */
    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** Whether a tensor's name begins so. */
    public boolean hasBelow(String prefix) {
        return tensors.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }

    /** A tensor that must be there. */
    public WeightTensor get(String name) {
        WeightTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new CheckpointException(source + ": expected tensor " + name + ", found none of this name");
        }
        return tensor;
    }

    /** A tensor that must be there with this shape. */
    public WeightTensor get(String name, List<Integer> shape) {
        WeightTensor tensor = get(name);
        if (!tensor.shape().equals(shape)) {
            throw new CheckpointException(
                    source + ": tensor " + name + ": expected shape " + shape + ", found " + tensor.shape());
        }
        return tensor;
    }

    /** All tensors. */
    public List<WeightTensor> tensors() {
        return List.copyOf(tensors.values());
    }

    /** The same tensors under other names. */
    Weights renamed(UnaryOperator<String> rename) {
        Map<String, WeightTensor> renamed = new LinkedHashMap<>();
        for (WeightTensor tensor : tensors.values()) {
            WeightTensor other = tensor.named(rename.apply(tensor.name()));
            if (renamed.putIfAbsent(other.name(), other) != null) {
                throw new CheckpointException(source + ": expected tensor " + other.name() + " once, found it twice");
            }
        }
        return new Weights(source, files, renamed);
    }

    /** The memory that all tensors take in float32, in bytes. */
    public long float32Bytes() {
        return tensors.values().stream().mapToLong(tensor -> 4 * tensor.count()).sum();
    }

    @Override
    public String toString() {
        return source;
    }
}
