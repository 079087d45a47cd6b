package sc.fiji.diffusion.engine.checkpoint.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.network.Autoencoder;
import sc.fiji.diffusion.engine.network.ClipText;
import sc.fiji.diffusion.engine.network.UNet2DCondition;

/** Exports a model's folder to ONNX, in the layouts of the known exporters. */
public final class ExportedFolder {

    private ExportedFolder() {}

    /** As diffusers' own script does, and Olive: float32, int32 ids, {@code weights.pb}, no configurations. */
    public static void early(Path whole, Path target) throws IOException {
        Checkpoint model = Checkpoint.open(whole);
        text(model).write(target.resolve("text_encoder"), "weights.pb");
        unet(model).write(target.resolve("unet"), "weights.pb");
        decoder(model).write(target.resolve("vae_decoder"), "weights.pb");
        encoder(model).withFirstHalf("latent_sample").write(target.resolve("vae_encoder"), "weights.pb");
        copyRest(whole, target, "OnnxStableDiffusionPipeline");
    }

    /** As Optimum does: float16, int64 ids and scalar timesteps, {@code model.onnx_data}, configurations. */
    public static void halves(Path whole, Path target) throws IOException {
        Checkpoint model = Checkpoint.open(whole);
        text(model)
                .withIds("input_ids", DataType.INT64)
                .withHalfOutput()
                .write(target.resolve("text_encoder"), "model.onnx_data");
        unet(model)
                .withInput("sample", DataType.FLOAT16)
                .withInput("encoder_hidden_states", DataType.FLOAT16)
                .withInput("timestep", DataType.INT64)
                .withScalar("timestep")
                .withHalfOutput()
                .write(target.resolve("unet"), "model.onnx_data");
        decoder(model)
                .withInput("latent_sample", DataType.FLOAT16)
                .withHalfOutput()
                .write(target.resolve("vae_decoder"), "model.onnx_data");
        encoder(model)
                .withInput("sample", DataType.FLOAT16)
                .withHalfOutput()
                .write(target.resolve("vae_encoder"), "model.onnx_data");
        copyRest(whole, target, "ORTStableDiffusionPipeline");
        copyConfigs(whole, target, Map.of("text_encoder", "text_encoder", "unet", "unet"));
        copyConfigs(whole, target, Map.of("vae", "vae_decoder"));
        copyConfigs(whole, target, Map.of("vae", "vae_encoder"));
    }

    /** As Optimum exports XL: all hidden states of its text encoders, numbered from the first layer's input. */
    public static void xl(Path whole, Path target) throws IOException {
        Checkpoint model = Checkpoint.open(whole);
        Component second = model.secondTextEncoder().orElseThrow();
        String lastButOne = "hidden_states." + (ClipText.layerCount(second) - 1);
        new ExportedNetwork(ClipText.graph(model.textEncoder()))
                .withOnlyOutputs(
                        Map.of(ClipText.lastHiddenState(0), "last_hidden_state", ClipText.hiddenState(1), lastButOne))
                .write(target.resolve("text_encoder"), "model.onnx_data");
        new ExportedNetwork(ClipText.graph(second))
                .withOnlyOutputs(Map.of(ClipText.TEXT_EMBEDS, "text_embeds", ClipText.hiddenState(1), lastButOne))
                .withoutEndPositions()
                .withIds("input_ids", DataType.INT64)
                .write(target.resolve("text_encoder_2"), "model.onnx_data");
        unet(model).write(target.resolve("unet"), "model.onnx_data");
        decoder(model).write(target.resolve("vae_decoder"), "model.onnx_data");
        // Optimum's exporter leaves the class as it was.
        copyRest(whole, target, "StableDiffusionPipeline");
        copy(whole.resolve("tokenizer_2"), target.resolve("tokenizer_2"));
        copyConfigs(
                whole,
                target,
                Map.of("text_encoder", "text_encoder", "text_encoder_2", "text_encoder_2", "unet", "unet"));
        copyConfigs(whole, target, Map.of("vae", "vae_decoder"));
    }

    private static void copyConfigs(Path whole, Path target, Map<String, String> parts) throws IOException {
        for (Map.Entry<String, String> part : parts.entrySet()) {
            Files.copy(
                    whole.resolve(part.getKey()).resolve("config.json"),
                    target.resolve(part.getValue()).resolve("config.json"));
        }
    }

    private static ExportedNetwork text(Checkpoint model) {
        return new ExportedNetwork(ClipText.graph(model.textEncoder()))
                .withOnlyOutputs(Map.of(ClipText.lastHiddenState(0), "last_hidden_state"));
    }

    private static ExportedNetwork unet(Checkpoint model) {
        return new ExportedNetwork(UNet2DCondition.graph(model.unet()));
    }

    private static ExportedNetwork decoder(Checkpoint model) {
        return new ExportedNetwork(Autoencoder.of(model.vae()).decoderGraph());
    }

    private static ExportedNetwork encoder(Checkpoint model) {
        return new ExportedNetwork(Autoencoder.of(model.vae()).encoderGraph());
    }

    private static void copyRest(Path whole, Path target, String className) throws IOException {
        for (String part : new String[] {"tokenizer", "scheduler"}) {
            copy(whole.resolve(part), target.resolve(part));
        }
        String index = Files.readString(whole.resolve("model_index.json"));
        Files.writeString(target.resolve("model_index.json"), index.replace("StableDiffusionPipeline", className));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
