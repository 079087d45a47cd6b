package sc.fiji.diffusion.engine.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.CheckpointException;

/**
 * Chooses, among the files of a component's folder, those to read.
 *
 * @param path a safetensors file, or the index of a sharded one
 */
record WeightFiles(Path path) {

    private static final String FILE = ".safetensors";
    private static final String INDEX = ".safetensors.index.json";
    private static final List<String> PICKLES = List.of(".bin", ".ckpt", ".pt", ".pth");

    static WeightFiles find(Path folder) {
        List<Path> names = list(folder);
        Optional<Path> best = names.stream()
                .filter(WeightFiles::isWhole)
                .min(Comparator.comparingInt(WeightFiles::rank).thenComparing(Comparator.naturalOrder()));
        return new WeightFiles(best.orElseThrow(() -> nothingIn(folder, names)));
    }

    Weights open() {
        return name(path).endsWith(INDEX) ? Weights.ofIndex(path) : Weights.ofFile(path);
    }

    private static boolean isWhole(Path file) {
        String name = name(file);
        // A shard (…-00001-of-00002.safetensors) is only a part: its index names it.
        return name.endsWith(INDEX)
                || (name.endsWith(FILE) && !name.matches(".*-\\d{5}-of-\\d{5}(\\.\\w+)?\\.safetensors"));
    }

    /** Full precision before a variant, plain weights before those of an average (non_ema). */
    private static int rank(Path file) {
        String name = name(file);
        String stem = name.substring(0, name.length() - (name.endsWith(INDEX) ? INDEX : FILE).length());
        int variant = stem.contains(".") ? 4 : 0;
        int average = stem.contains("non_ema") ? 2 : 0;
        return variant + average + (name.endsWith(INDEX) ? 1 : 0);
    }

    private static CheckpointException nothingIn(Path folder, List<Path> names) {
        Optional<Path> pickle = names.stream()
                .filter(file -> PICKLES.stream().anyMatch(name(file)::endsWith))
                .findFirst();
        if (pickle.isPresent()) {
            return new CheckpointException(pickle.get()
                    + ": expected weights as *.safetensors, found a pickle, which is refused because opening it can run"
                    + " code that somebody hid in it");
        }
        return new CheckpointException(folder + ": expected weights as *.safetensors, found none");
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CheckpointException(folder + ": expected a folder of the checkpoint, found none");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new CheckpointException(folder + ": expected a folder that can be read, found " + e.getMessage(), e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
