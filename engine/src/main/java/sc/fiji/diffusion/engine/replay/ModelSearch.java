package sc.fiji.diffusion.engine.replay;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.HuggingFaceCache;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.provenance.Model;

/** Finds a model by the hash of its weights, whatever it is called here. Reads the weights of those that it looks at. */
public final class ModelSearch {

    private ModelSearch() {}

    /**
     * Looks among the built-in model, those in the Hugging Face cache, and others; those with the model's name first.
     *
     * @param wanted by its hash, or, where only a beginning of it is known, by that
     * @param others names, folders and files of models that the user has used
     * @param progress is asked between models whether to go on
     * @return what {@link Models#locate} finds it by
     * @throws RequestException if none is here
     */
    public static String find(Model wanted, List<String> others, Progress progress) {
        List<String> candidates = Stream.of(
                        others.stream(),
                        Stream.of(Models.EMBEDDED),
                        HuggingFaceCache.snapshots().stream().map(Path::toString))
                .flatMap(names -> names)
                .distinct()
                .toList();
        List<Opened> opened = new ArrayList<>();
        candidates.forEach(name -> open(name).ifPresent(opened::add));
        opened.sort(Comparator.comparing(
                (Opened candidate) -> !candidate.checkpoint().name().equals(wanted.name())));
        for (Opened candidate : opened) {
            progress.checkCancelled();
            if (hash(candidate)
                    .filter(hash -> Differences.matches(wanted.sha256(), hash))
                    .isPresent()) {
                return candidate.name();
            }
        }
        throw new RequestException("model: expected " + wanted.name()
                + (wanted.sha256().isEmpty() ? "" : " with SHA-256 " + wanted.sha256())
                + ", found none such among " + opened.size() + " models; name its folder or file");
    }

    private record Opened(String name, Checkpoint checkpoint) {}

    private static Optional<Opened> open(String name) {
        try {
            return Optional.of(new Opened(name, Checkpoint.open(Models.locate(name))));
        } catch (DiffusionException | InvalidPathException noModel) {
            return Optional.empty();
        }
    }

    private static Optional<String> hash(Opened candidate) {
        try {
            return Optional.of(candidate.checkpoint().sha256());
        } catch (DiffusionException unreadable) {
            return Optional.empty();
        }
    }
}
