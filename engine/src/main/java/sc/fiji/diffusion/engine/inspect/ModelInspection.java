package sc.fiji.diffusion.engine.inspect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.checkpoint.TokenizerFolder;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;
import sc.fiji.diffusion.engine.checkpoint.Weights;
import sc.fiji.diffusion.engine.checkpoint.onnx.OnnxFile;
import sc.fiji.diffusion.engine.inspect.Inspection.ModelFacts;
import sc.fiji.diffusion.engine.inspect.Inspection.Part;
import sc.fiji.diffusion.engine.network.Autoencoder;
import sc.fiji.diffusion.engine.network.UNet2DCondition;
import sc.fiji.diffusion.engine.runtime.Memory;

/** Looks at a whole model. */
final class ModelInspection {

    /** Weights are held in float32. */
    private static final int BYTES = 4;

    /** Tensors of full resolution that the VAE holds at once. */
    private static final int TENSORS_HELD = 3;

    private final Checkpoint checkpoint;
    private final List<String> obstacles = new ArrayList<>();

    ModelInspection(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
    }

    /** OpenCLIP as text encoder came with 2.0, a second text encoder with XL. */
    String family() {
        if (checkpoint.secondTextEncoder().isPresent()) {
            return "Stable Diffusion XL";
        }
        String activation = checkpoint.textEncoder().config().text("hidden_act", "quick_gelu");
        return activation.equals("gelu") ? "Stable Diffusion 2.x" : "Stable Diffusion 1.x";
    }

    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        parts.add(part("text_encoder", checkpoint.textEncoder()));
        checkpoint.secondTextEncoder().ifPresent(second -> parts.add(part("text_encoder_2", second)));
        parts.add(part("unet", checkpoint.unet()));
        boolean exported = checkpoint.vae().graph().isPresent();
        parts.add(part(exported ? "vae_decoder" : "vae", checkpoint.vae()));
        if (exported) {
            checkpoint.vaeEncoderIfPresent().ifPresent(encoder -> parts.add(part("vae_encoder", encoder)));
        }
        return parts;
    }

    ModelFacts facts() {
        int latentChannels = Autoencoder.of(checkpoint.vae()).latentChannels();
        int size = checkpoint.nativeSize();
        double weights = BYTES * parts().stream().mapToDouble(Part::parameters).sum();
        // As a double, because what a broken file says can be beyond every long.
        double pixels =
                (double) BYTES * TENSORS_HELD * Autoencoder.of(checkpoint.vae()).fullResolutionChannels() * size * size;
        ModelFacts facts = new ModelFacts(
                UNet2DCondition.inChannels(checkpoint.unet()) > latentChannels,
                checkpoint.scheduler().text("prediction_type", "epsilon"),
                checkpoint.scheduler().text("_class_name", "unknown"),
                size,
                latentChannels,
                tokenizer(),
                (long) (weights + pixels),
                Memory.total());
        if (facts.memory() > facts.machineMemory()) {
            obstacles.add(String.format(
                    Locale.ROOT,
                    "%s: expected at most the %.1f GB of memory that this computer has, found a need of %.1f GB",
                    checkpoint.path(),
                    facts.machineMemory() / 1e9,
                    facts.memory() / 1e9));
        }
        return facts;
    }

    /** Known once {@link #facts} has looked. */
    List<String> obstacles() {
        return obstacles;
    }

    private Optional<Path> tokenizer() {
        try {
            TokenizerFolder folder = checkpoint.tokenizer();
            folder.open();
            return Optional.of(folder.path());
        } catch (CheckpointException e) {
            obstacles.add(e.getMessage());
            return Optional.empty();
        }
    }

    private static Part part(String name, Component component) {
        return component.graph().map(graph -> part(name, graph)).orElseGet(() -> part(name, component.weights()));
    }

    static Part part(String name, Weights weights) {
        List<WeightTensor> tensors = weights.tensors();
        return new Part(
                name,
                tensors.stream().mapToLong(WeightTensor::count).sum(),
                tensors.stream().mapToLong(WeightTensor::length).sum(),
                tensors.stream()
                        .map(tensor -> tensor.dtype().name())
                        .distinct()
                        .sorted()
                        .toList());
    }

    static Part part(String name, OnnxFile graph) {
        return new Part(
                name,
                graph.parameters().values().stream().mapToLong(Long::longValue).sum(),
                graph.bytes(),
                graph.parameters().keySet().stream().sorted().toList());
    }
}
