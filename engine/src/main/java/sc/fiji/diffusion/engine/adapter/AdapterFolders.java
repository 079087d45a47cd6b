package sc.fiji.diffusion.engine.adapter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.HuggingFaceCache;
import sc.fiji.diffusion.engine.hub.SettingsFolder;
import sc.fiji.diffusion.engine.tokenizer.ClipTokenizer;

/**
 * Where adapters are looked for that a prompt names. A name is that of a file, without its ending, anywhere below the
 * folder; a name never leads out of it.
 *
 * @param loras folder of the files that {@code <lora:name>} names
 * @param embeddings folder of textual inversions, used when their name stands in a prompt
 */
public record AdapterFolders(Path loras, Path embeddings) {

    private static final int DEPTH = 8;
    private static final int NAMES_SHOWN = 10;
    private static final List<String> PICKLES = List.of(".pt", ".ckpt", ".bin");
    private static final String ENDING = ".safetensors";

    /**
     * The folders {@code lora} and {@code embeddings} beside a model; for one that was fetched, in the {@link
     * SettingsFolder}, because the cache is no place for users' files.
     */
    public static AdapterFolders beside(Checkpoint checkpoint) {
        Path model = HuggingFaceCache.nameOf(checkpoint.path()).isPresent()
                ? SettingsFolder.path().resolve("model")
                : checkpoint.path().toAbsolutePath().normalize();
        return new AdapterFolders(model.resolveSibling("lora"), model.resolveSibling("embeddings"));
    }

    /** The same with another folder of LoRAs. */
    public AdapterFolders withLoras(Path newLoras) {
        return new AdapterFolders(newLoras, embeddings);
    }

    /**
     * The adapters that prompts name.
     *
     * @param tags of the prompt
     * @param texts prompt and negative prompt
     * @throws RequestException if there is no LoRA of a name
     */
    Adapters named(List<LoraTags.Tag> tags, List<String> texts) {
        List<Lora> found = tags.stream()
                .map(tag -> new Lora(LoraFile.open(lora(tag.name())), tag.unetStrength(), tag.textEncoderStrength()))
                .toList();
        List<TextualInversion> inversions = files(embeddings).stream()
                .filter(file -> file.toString().endsWith(ENDING))
                .filter(file -> texts.stream().anyMatch(text -> ClipTokenizer.mentions(text, name(file))))
                .map(TextualInversion::open)
                .toList();
        return new Adapters(found, inversions);
    }

    private Path lora(String name) {
        List<Path> files = files(loras);
        Optional<Path> whole = files.stream()
                .filter(file -> file.toString().endsWith(ENDING) && name(file).equals(name))
                .findFirst();
        // A pickle is found too, to be refused with the reason.
        Optional<Path> any =
                files.stream().filter(file -> name(file).equals(name)).findFirst();
        return whole.or(() -> any)
                .orElseThrow(() -> new RequestException(
                        "prompt: expected a LoRA named " + name + " in " + loras + ", found " + names(files)));
    }

    private static String names(List<Path> files) {
        if (files.isEmpty()) {
            return "none there";
        }
        String shown =
                files.stream().limit(NAMES_SHOWN).map(AdapterFolders::name).collect(Collectors.joining(", "));
        return "only " + shown + (files.size() > NAMES_SHOWN ? ", …" : "");
    }

    /** The nearest first. */
    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> !name(file).equals(file.getFileName().toString()))
                    .filter(Files::isRegularFile)
                    .sorted(Comparator.comparingInt(Path::getNameCount).thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new RequestException(folder + ": expected a folder that can be read, found " + e.getMessage(), e);
        }
    }

    /** A file's name without the ending, if it has one that adapters have. */
    private static String name(Path file) {
        String name = file.getFileName().toString();
        return Stream.concat(Stream.of(ENDING), PICKLES.stream())
                .filter(name::endsWith)
                .findFirst()
                .map(ending -> name.substring(0, name.length() - ending.length()))
                .orElse(name);
    }
}
