package sc.fiji.diffusion.engine.bench;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.checkpoint.ConfigFile;
import sc.fiji.diffusion.engine.hub.Models;

/**
 * Writes a checkpoint of a published model's true shapes in the Hugging Face layout, with random float16 weights: of
 * Stable Diffusion 1.5 2.1 GB, of XL 6.9 GB. The tokenizer is the built-in model's, whose ids all text encoders know.
 */
public final class SyntheticCheckpoint {

    private static final String INDEX = "model_index.json";
    private static final String SCHEDULER = "scheduler/scheduler_config.json";
    private static final String CONFIG = "config.json";
    private static final String TINY_AUTOENCODER = "taesd/" + CONFIG;
    private static final int BYTES = 2;

    private final SyntheticModel model;
    private final boolean tinyAutoencoder;
    private final Path folder;

    private SyntheticCheckpoint(SyntheticModel model, boolean tinyAutoencoder, Path folder) {
        this.model = model;
        this.tinyAutoencoder = tinyAutoencoder;
        this.folder = folder;
    }

    /**
     * Writes one, unless the folder has it already.
     *
     * @param tinyAutoencoder whether a TAESD takes the place of the VAE
     * @param folder a new or empty one, or one that this has written before
     * @throws RequestException if the folder holds something else
     * @throws EngineException if it can't be written, or the disk is too small; what was written by then stays
     * @throws sc.fiji.diffusion.engine.CancelledException between two networks, soon after {@code progress} says so
     */
    public static void write(SyntheticModel model, boolean tinyAutoencoder, Path folder, Progress progress) {
        SyntheticCheckpoint checkpoint = new SyntheticCheckpoint(model, tinyAutoencoder, folder);
        try {
            if (!checkpoint.isThere()) {
                checkpoint.write(progress);
            }
        } catch (IOException e) {
            throw new EngineException(folder + ": expected to write a checkpoint there, found " + e, e);
        }
    }

    /** The index is written last: with it, all is there. */
    private boolean isThere() throws IOException {
        Path index = folder.resolve(INDEX);
        if (Files.exists(index)
                && ConfigFile.read(index).text("_synthetic", "").equals(model.label())
                && isTiny(folder.resolve("vae").resolve(CONFIG)) == tinyAutoencoder) {
            return true;
        }
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new RequestException("folder: expected a new or empty one, or one with the same synthetic"
                            + " model, found " + folder + " with something else");
                }
            }
        }
        return false;
    }

    private static boolean isTiny(Path config) {
        return ConfigFile.read(config).text("_class_name", "").equals("AutoencoderTiny");
    }

    private void write(Progress progress) throws IOException {
        Map<SyntheticNetwork, Map<String, List<Integer>>> shapes = new LinkedHashMap<>();
        for (SyntheticNetwork network : model.networks()) {
            Path config = folder.resolve(network.folder()).resolve(CONFIG);
            boolean replaced = tinyAutoencoder && network == SyntheticNetwork.VAE;
            lay(replaced ? TINY_AUTOENCODER : model.label() + "/" + network.folder() + "/" + CONFIG, config);
            shapes.put(network, network.shapes(ConfigFile.read(config)));
        }
        requireSpace(shapes.values());
        int done = 0;
        for (Map.Entry<SyntheticNetwork, Map<String, List<Integer>>> network : shapes.entrySet()) {
            progress.report(Progress.Stage.LOADING, done++, shapes.size());
            progress.checkCancelled();
            Path part = folder.resolve(network.getKey().folder());
            SyntheticWeights.write(part.resolve(network.getKey().weightsFile()), network.getValue());
        }
        progress.report(Progress.Stage.LOADING, done, shapes.size());
        layTokenizers();
        lay(model.label() + "/" + SCHEDULER, folder.resolve(SCHEDULER));
        lay(model.label() + "/" + INDEX, folder.resolve(INDEX));
    }

    private void requireSpace(Iterable<Map<String, List<Integer>>> networks) throws IOException {
        long bytes = 0;
        for (Map<String, List<Integer>> shapes : networks) {
            bytes += BYTES * parameters(shapes);
        }
        long usable = Files.getFileStore(folder).getUsableSpace();
        if (bytes > usable) {
            throw new EngineException(String.format(
                    Locale.ROOT,
                    "%s: expected %.1f GB of free space, found %.1f GB",
                    folder,
                    bytes / 1e9,
                    usable / 1e9));
        }
    }

    /** How many numbers tensors of these shapes hold. */
    static long parameters(Map<String, List<Integer>> shapes) {
        return shapes.values().stream()
                .mapToLong(shape -> shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact))
                .sum();
    }

    private void layTokenizers() throws IOException {
        List<String> targets = new ArrayList<>(List.of("tokenizer"));
        if (model.networks().contains(SyntheticNetwork.TEXT_ENCODER_2)) {
            targets.add("tokenizer_2");
        }
        for (String target : targets) {
            Path own = Files.createDirectories(folder.resolve(target));
            try (Stream<Path> files = Files.list(Models.locate(Models.EMBEDDED).resolve("tokenizer"))) {
                for (Path file : files.toList()) {
                    Files.copy(file, own.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static void lay(String resource, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (InputStream in = SyntheticCheckpoint.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource + " in the program's jar");
            }
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
