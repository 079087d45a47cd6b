package sc.fiji.diffusion.engine.adapter;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.checkpoint.Weights;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.network.GraphForm;
import sc.fiji.diffusion.engine.network.UNet2DCondition;
import sc.fiji.diffusion.engine.runtime.InferenceSession;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.tensor.AnyTensor;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** The UNet of the model that ships inside, run on latents and a text that never change. */
final class SmallUNet {

    static final Checkpoint CHECKPOINT = Checkpoint.open(Models.locate(Models.EMBEDDED));

    private SmallUNet() {}

    /** The prediction of the UNet with LoRAs. */
    static float[] predict(List<Lora> loras) {
        return predict(
                CHECKPOINT.unet(),
                ModelAdaptation.of(CHECKPOINT, new Adapters(loras, List.of())).unet());
    }

    static float[] predict(Component unet, Adaptation adaptation) {
        int channels = UNet2DCondition.inChannels(unet);
        int text = unet.config().size("cross_attention_dim", 1280, 1 << 16);
        Map<String, AnyTensor> inputs = Map.of(
                UNet2DCondition.SAMPLE, random(1, 1, channels, 8, 8),
                UNet2DCondition.TIMESTEP, Tensor.of(new float[] {500}, 1),
                UNet2DCondition.ENCODER_HIDDEN_STATES, random(2, 1, 7, text));
        try (InferenceSession session =
                InferenceSession.open(UNet2DCondition.graph(unet, adaptation, GraphForm.USUAL))) {
            return session.run(inputs, UNet2DCondition.OUT_SAMPLE, Progress.NONE)
                    .values();
        }
    }

    static Tensor weight(String name) {
        return SafetensorsFile.open(CHECKPOINT.unet().weights().files().get(0)).readFloats(name);
    }

    /** The UNet with one weight changed by hand, in a file of float32 in the folder. */
    static Component with(String name, Tensor weight, Path folder) {
        SafetensorsFile file =
                SafetensorsFile.open(CHECKPOINT.unet().weights().files().get(0));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        file.tensors().keySet().forEach(key -> tensors.put(key, file.readFloats(key)));
        tensors.put(name, weight);
        Path changed = folder.resolve("changed-unet.safetensors");
        SafetensorsWriter.write(changed, tensors, Map.of());
        return new Component(CHECKPOINT.unet().config(), Weights.ofFile(changed));
    }

    /** Numbers of a normal distribution. */
    static Tensor random(long seed, int... shape) {
        Random random = new Random(seed);
        float[] values = new float[Tensor.count(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Tensor(shape, values);
    }

    /** A LoRA's file with these tensors. */
    static Path write(Path folder, String name, Map<String, Tensor> tensors) {
        Path file = folder.resolve(name + ".safetensors");
        SafetensorsWriter.write(file, tensors, Map.of());
        return file;
    }
}
