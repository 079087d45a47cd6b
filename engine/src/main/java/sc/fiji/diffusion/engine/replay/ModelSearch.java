package sc.fiji.diffusion.engine.replay;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint;
import sc.fiji.diffusion.engine.hub.HuggingFaceCache;
import sc.fiji.diffusion.engine.hub.InstalledModel;
import sc.fiji.diffusion.engine.hub.InstalledModels;
import sc.fiji.diffusion.engine.hub.ModelKind;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.provenance.ControlNetUse;
import sc.fiji.diffusion.engine.provenance.Model;

/**
 * Finds a model, or a ControlNet, by the hash of its weights, whatever it is called here. Reads the weights of those that
 * it looks at.
 */
public final class ModelSearch {

    private static final Kind MODELS =
            new Kind("model", ModelKind.PIPELINE, ModelSearch::model, "name its folder or file");
    private static final Kind CONTROLNETS = new Kind(
            "ControlNet",
            ModelKind.CONTROLNET,
            ModelSearch::controlNet,
            "add its folder or file with Models... or diffuse models add");

    private ModelSearch() {}

    /**
     * Looks among the built-in model, those that were fetched or added, and others; those with the model's name first.
     *
     * @param wanted by its hash, or, where only a beginning of it is known, by that
     * @param others names, folders and files of models that the user has used
     * @param progress is asked between models whether to go on
     * @return what {@link Models#locate} finds it by
     * @throws RequestException if none is here
     */
    public static String find(Model wanted, List<String> others, Progress progress) {
        return find(MODELS, wanted.name(), wanted.sha256(), others, progress);
    }

    /** The same for a ControlNet. */
    public static String find(ControlNetUse wanted, List<String> others, Progress progress) {
        return find(CONTROLNETS, wanted.name(), wanted.sha256(), others, progress);
    }

    private static String find(Kind kind, String ownName, String sha256, List<String> others, Progress progress) {
        List<Opened> opened = new ArrayList<>();
        for (String name : candidates(others, kind.kind())) {
            unlessUnreadable(() -> kind.open().apply(name)).ifPresent(opened::add);
        }
        opened.sort(
                Comparator.comparing((Opened candidate) -> !candidate.ownName().equals(ownName)));
        for (Opened candidate : opened) {
            progress.checkCancelled();
            if (unlessUnreadable(candidate.sha256())
                    .filter(hash -> Differences.matches(sha256, hash))
                    .isPresent()) {
                return candidate.name();
            }
        }
        throw new RequestException(kind.what() + ": expected " + ownName
                + (sha256.isEmpty() ? "" : " with SHA-256 " + sha256)
                + ", found none such among " + opened.size() + " " + kind.what() + "s; " + kind.advice());
    }

    private static List<String> candidates(List<String> others, ModelKind kind) {
        return Stream.of(
                        others.stream(),
                        InstalledModels.list().stream()
                                .filter(model -> model.isWhole() && model.kind().mayBe(kind))
                                .map(InstalledModel::name),
                        HuggingFaceCache.snapshots().stream().map(Path::toString))
                .flatMap(names -> names)
                .distinct()
                .toList();
    }

    private static Opened model(String name) {
        Checkpoint checkpoint = Checkpoint.open(Models.locate(name));
        return new Opened(name, checkpoint.name(), checkpoint::sha256);
    }

    private static Opened controlNet(String name) {
        ControlNetCheckpoint controlNet = ControlNetCheckpoint.open(Models.locate(name));
        return new Opened(name, controlNet.name(), controlNet::sha256);
    }

    /**
     * What is looked for.
     *
     * @param what to call it
     * @param kind as files tell it
     * @param open reads no weights yet
     * @param advice where none is found
     */
    private record Kind(String what, ModelKind kind, Function<String, Opened> open, String advice) {}

    /**
     * One that may be it.
     *
     * @param name what it is found by
     * @param ownName what it calls itself
     * @param sha256 reads its weights
     */
    private record Opened(String name, String ownName, Supplier<String> sha256) {}

    private static <T> Optional<T> unlessUnreadable(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (DiffusionException | InvalidPathException unreadable) {
            return Optional.empty();
        }
    }
}
