package sc.fiji.diffusion.engine.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.adapter.Adaptation;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint;
import sc.fiji.diffusion.engine.runtime.InferenceSession;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.tensor.AnyTensor;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** The ControlNet against what diffusers computes with the same weights. */
class ControlNetTest {

    private static final double TOLERANCE = 1e-4;
    private static final float SCALE = 0.8f;

    private final Path folder = Reference.folder().resolve("controlnet");
    private final Checkpoint sd15 = Checkpoint.open(Reference.folder().resolve("sd15"));
    private final SafetensorsFile golden = SafetensorsFile.open(folder.resolve("golden.safetensors"));
    private final List<String> names = UNet2DCondition.residuals(sd15.unet());

    @TempDir
    private Path temporary;

    @Test
    void residualsEqualTheReferencesAtAScaleOfFourFifths() {
        Map<String, Tensor> residuals = residuals(component(folder), golden.readFloats("hint"));
        for (int i = 0; i < names.size(); i++) {
            String reference = i == names.size() - 1 ? "mid" : "down_" + i;
            Tensor found = residuals.get(names.get(i));
            assertArrayEquals(golden.readFloats(reference).shape(), found.shape(), reference);
            Reference.assertClose(
                    reference,
                    golden.readFloats(reference).values(),
                    scaled(found).values(),
                    TOLERANCE);
        }
    }

    @Test
    void theUNetsPredictionWithTheResidualsEqualsTheReferences() {
        Map<String, AnyTensor> inputs = new LinkedHashMap<>(inputs());
        residuals(component(folder), golden.readFloats("hint"))
                .forEach((name, residual) -> inputs.put(name, scaled(residual)));
        assertPrediction(golden.readFloats("unet_out_t500"), inputs);
    }

    @Test
    void aSingleZeroForEachResidualLeavesThePredictionAsItIs() {
        Map<String, AnyTensor> inputs = new LinkedHashMap<>(inputs());
        names.forEach(name -> inputs.put(name, Tensor.of(new float[1], 1, 1, 1, 1)));
        try (InferenceSession plain = InferenceSession.open(UNet2DCondition.graph(sd15.unet()))) {
            assertPrediction(plain.run(inputs(), UNet2DCondition.OUT_SAMPLE, Progress.NONE), inputs);
        }
    }

    @Test
    void aControlNetThatLearntWithBlueFirstIsShownTheChannelsTheOtherWayRound() throws IOException {
        Path bgr = changed(
                "\"controlnet_conditioning_channel_order\": \"rgb\"",
                "\"controlnet_conditioning_channel_order\": \"bgr\"");
        Tensor hint = golden.readFloats("hint");
        assertSame(residuals(component(folder), reversed(hint)), residuals(component(bgr), hint));
    }

    @Test
    void aControlNetThatPoolsSaysTheMeanEverywhere() throws IOException {
        Path pooling = changed("\"global_pool_conditions\": false", "\"global_pool_conditions\": true");
        Map<String, Tensor> expected = new LinkedHashMap<>();
        residuals(component(folder), golden.readFloats("hint"))
                .forEach((name, residual) -> expected.put(name, means(residual)));
        assertSame(expected, residuals(component(pooling), golden.readFloats("hint")));
    }

    @Test
    void anUnknownChannelOrderIsRefused() throws IOException {
        Path other = changed(
                "\"controlnet_conditioning_channel_order\": \"rgb\"",
                "\"controlnet_conditioning_channel_order\": \"gbr\"");
        String message = assertThrows(CheckpointException.class, () -> ControlNet.graph(component(other)))
                .getMessage();
        assertTrue(message.endsWith("expected rgb or bgr, found gbr"), message);
    }

    @Test
    void aControlNetForAnotherFamilyIsRefusedInASentence() {
        Checkpoint sdxl = Checkpoint.open(Reference.folder().resolve("sdxl"));
        Component controlNet = component(folder);
        String message = assertThrows(CheckpointException.class, () -> ControlNet.requireFits(controlNet, sdxl.unet()))
                .getMessage();
        assertTrue(message.contains("expected a ControlNet for the model's family, with block_out_channels"), message);
        assertTrue(
                message.contains("found one with block_out_channels [32, 64, 64, 64], layers_per_block [2, 2, 2, 2],"),
                message);
    }

    private Component component(Path path) {
        return ControlNetCheckpoint.open(path).component(sd15.unet());
    }

    private Map<String, AnyTensor> inputs() {
        return Map.of(
                UNet2DCondition.SAMPLE, golden.readFloats("sample"),
                UNet2DCondition.TIMESTEP, Tensor.of(new float[] {500}, 1),
                UNet2DCondition.ENCODER_HIDDEN_STATES, golden.readFloats("context"));
    }

    private Map<String, Tensor> residuals(Component component, Tensor hint) {
        Map<String, AnyTensor> inputs = new LinkedHashMap<>(inputs());
        inputs.put(ControlNet.CONDITIONING, hint);
        try (InferenceSession session = InferenceSession.open(ControlNet.graph(component))) {
            return session.run(inputs, Set.copyOf(names), Progress.NONE);
        }
    }

    private void assertPrediction(Tensor expected, Map<String, AnyTensor> inputs) {
        try (InferenceSession session = InferenceSession.open(
                UNet2DCondition.graphWithResiduals(sd15.unet(), Adaptation.NONE, GraphForm.USUAL))) {
            Tensor found = session.run(inputs, UNet2DCondition.OUT_SAMPLE, Progress.NONE);
            assertArrayEquals(expected.shape(), found.shape());
            Reference.assertClose("prediction", expected.values(), found.values(), TOLERANCE);
        }
    }

    private void assertSame(Map<String, Tensor> expected, Map<String, Tensor> found) {
        assertEquals(expected.keySet(), found.keySet());
        for (String name : names) {
            Reference.assertClose(
                    name, expected.get(name).values(), found.get(name).values(), 1e-5);
        }
    }

    /** The reference ControlNet with another configuration. */
    private Path changed(String field, String replacement) throws IOException {
        String config = Files.readString(folder.resolve("config.json"));
        assertTrue(config.contains(field), field);
        Files.writeString(temporary.resolve("config.json"), config.replace(field, replacement));
        String weights = "diffusion_pytorch_model.safetensors";
        Files.copy(folder.resolve(weights), temporary.resolve(weights));
        return temporary;
    }

    private static Tensor scaled(Tensor tensor) {
        float[] values = tensor.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= SCALE;
        }
        return new Tensor(tensor.shape(), values);
    }

    private static Tensor reversed(Tensor hint) {
        List<Tensor> rows = new ArrayList<>();
        for (int row = 0; row < hint.size(0); row++) {
            Tensor entry = hint.entry(row);
            Tensor channels = new Tensor(new int[] {3, 1, hint.size(2), hint.size(3)}, entry.values());
            Tensor reversed = Tensor.concatenated(0, List.of(channels.entry(2), channels.entry(1), channels.entry(0)));
            rows.add(new Tensor(entry.shape(), reversed.values()));
        }
        return Tensor.concatenated(0, rows);
    }

    private static Tensor means(Tensor residual) {
        int plane = residual.size(2) * residual.size(3);
        float[] values = new float[residual.values().length];
        for (int first = 0; first < values.length; first += plane) {
            double sum = 0;
            for (int i = first; i < first + plane; i++) {
                sum += residual.values()[i];
            }
            for (int i = first; i < first + plane; i++) {
                values[i] = (float) (sum / plane);
            }
        }
        return new Tensor(residual.shape(), values);
    }
}
