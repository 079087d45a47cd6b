package sc.fiji.diffusion.engine.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.checkpoint.onnx.OnnxFile;

/**
 * One network of a checkpoint.
 *
 * @param config its {@code config.json}, or what stands for it
 * @param weights where its tensors lie; none, if it is a finished graph
 * @param graph the finished graph, if somebody exported the network to ONNX
 */
public record Component(ConfigFile config, Weights weights, Optional<OnnxFile> graph) {

    public Component(ConfigFile config, Weights weights) {
        this(config, weights, Optional.empty());
    }

    static Component open(Path folder) {
        return new Component(ConfigFile.read(folder.resolve("config.json")), Weights.inFolder(folder));
    }

    static Component exported(ConfigFile config, OnnxFile graph) {
        return new Component(config, Weights.none(graph.path().toString()), Optional.of(graph));
    }

    /** The memory that its weights take in float32, in bytes; of an exported network, in its own types. */
    public long weightBytes() {
        return graph.map(OnnxFile::bytes).orElseGet(weights::float32Bytes);
    }

    /** All files that hold its weights, in a fixed order. */
    public List<Path> files() {
        return graph.map(OnnxFile::files).orElseGet(weights::files);
    }
}
