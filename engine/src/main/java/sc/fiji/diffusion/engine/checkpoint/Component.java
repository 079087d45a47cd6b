package sc.fiji.diffusion.engine.checkpoint;

import java.nio.file.Path;

/**
 * One network of a checkpoint.
 *
 * @param config its {@code config.json}
 * @param weights where its tensors lie
 */
public record Component(ConfigFile config, Weights weights) {

    static Component open(Path folder) {
        return new Component(ConfigFile.read(folder.resolve("config.json")), Weights.inFolder(folder));
    }
}
