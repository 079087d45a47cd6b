package sc.fiji.diffusion.engine.inspect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.CheckpointOptions;
import sc.fiji.diffusion.engine.checkpoint.FileMetadata;
import sc.fiji.diffusion.engine.checkpoint.Weights;
import sc.fiji.diffusion.engine.checkpoint.onnx.OnnxFile;
import sc.fiji.diffusion.engine.checkpoint.original.FileKind;
import sc.fiji.diffusion.engine.hub.ModelCard;
import sc.fiji.diffusion.engine.inspect.Inspection.ModelFacts;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;

/** Looks at what a user has. */
public final class Inspector {

    private static final String SINGLE_FILE = "single file";
    private static final String FOLDER = "folder";

    private Inspector() {}

    /**
     * @param path a file or folder of any kind
     * @param options for a whole model
     * @throws CheckpointException if there is nothing at that path, or it can't be read
     */
    public static Inspection inspect(Path path, CheckpointOptions options) {
        if (Files.isDirectory(path)) {
            return folder(path, options);
        }
        if (!Files.isRegularFile(path)) {
            throw new CheckpointException(path + ": expected a file or folder, found nothing there");
        }
        if (path.toString().endsWith(".onnx")) {
            return exported(path);
        }
        return tensors(path, options);
    }

    private static Inspection folder(Path path, CheckpointOptions options) {
        if (Files.isRegularFile(path.resolve("model_index.json"))) {
            String layout = Files.isRegularFile(path.resolve("unet").resolve(OnnxFile.NAME)) ? "ONNX folder" : FOLDER;
            return model(path, "a model's folder", layout, Map.of(), options);
        }
        if (Files.isRegularFile(path.resolve(OnnxFile.NAME))) {
            return exported(path.resolve(OnnxFile.NAME));
        }
        try {
            Weights weights = Weights.inFolder(path);
            SafetensorsFile first = SafetensorsFile.open(weights.files().get(0));
            return alone(path, FileKind.of(Weights.shapes(first)), FOLDER, weights, first);
        } catch (CheckpointException e) {
            return refused(path, "a folder of an unknown kind", FOLDER, e.getMessage());
        }
    }

    private static Inspection tensors(Path path, CheckpointOptions options) {
        SafetensorsFile file;
        try {
            file = SafetensorsFile.open(path);
        } catch (CheckpointException e) {
            boolean pickle = SafetensorsFile.isPickle(path);
            return refused(
                    path, pickle ? "a pickle of PyTorch's" : "a file of an unknown kind", SINGLE_FILE, e.getMessage());
        }
        FileKind kind = FileKind.of(Weights.shapes(file));
        return kind.isWholeModel()
                ? model(path, kind.label(), SINGLE_FILE, said(file), options)
                : alone(path, kind, SINGLE_FILE, Weights.ofFile(path), file);
    }

    private static Inspection model(
            Path path, String kind, String layout, Map<String, String> says, CheckpointOptions options) {
        try {
            Checkpoint checkpoint = Checkpoint.open(path, options);
            ModelInspection model = new ModelInspection(checkpoint);
            Optional<String> license = Optional.ofNullable(says.get("license")).or(() -> ModelCard.license(path));
            Optional<ModelFacts> facts = Optional.of(model.facts());
            return new Inspection(path, model.family(), layout, model.parts(), facts, license, says, model.obstacles());
        } catch (CheckpointException e) {
            return new Inspection(
                    path,
                    kind,
                    layout,
                    List.of(),
                    Optional.empty(),
                    ModelCard.license(path),
                    says,
                    List.of(e.getMessage()));
        }
    }

    /** What is no whole model. */
    private static Inspection alone(Path path, FileKind kind, String layout, Weights weights, SafetensorsFile file) {
        Map<String, String> says = said(file);
        return new Inspection(
                path,
                kind.label(),
                layout,
                List.of(ModelInspection.part("tensors", weights)),
                Optional.empty(),
                Optional.ofNullable(says.get("license")).or(() -> ModelCard.license(path)),
                says,
                List.of(path + ": expected a whole model to make images with, found " + kind.label()));
    }

    private static Inspection exported(Path path) {
        try {
            OnnxFile file = OnnxFile.read(path);
            return new Inspection(
                    path,
                    "a network as an ONNX file",
                    SINGLE_FILE,
                    List.of(ModelInspection.part("graph", file)),
                    Optional.empty(),
                    ModelCard.license(path),
                    Map.of(),
                    List.of(path + ": expected a whole model to make images with, found one network"));
        } catch (CheckpointException e) {
            return refused(path, "an ONNX file", SINGLE_FILE, e.getMessage());
        }
    }

    private static Inspection refused(Path path, String kind, String layout, String why) {
        return new Inspection(
                path, kind, layout, List.of(), Optional.empty(), Optional.empty(), Map.of(), List.of(why));
    }

    /** The metadata that tells people something, by short names. */
    private static Map<String, String> said(SafetensorsFile file) {
        FileMetadata metadata = FileMetadata.of(file);
        Map<String, String> says = new TreeMap<>();
        metadata.title().ifPresent(title -> says.put("title", title));
        metadata.license().ifPresent(license -> says.put("license", license));
        Map<String, String> names = Map.of(
                "modelspec.architecture", "architecture",
                "modelspec.author", "author",
                "modelspec.date", "date",
                "modelspec.trigger_phrase", "trigger phrase",
                "ss_base_model_version", "base model");
        names.forEach((key, name) -> Optional.ofNullable(metadata.fields().get(key))
                .filter(value -> !value.isBlank())
                .ifPresent(value -> says.put(name, value)));
        return says;
    }
}
