package sc.fiji.diffusion.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.tensor.Tensor;

class WeightsTest {

    @TempDir
    private Path folder;

    @Test
    void fullPrecisionIsPreferredToAVariant() {
        write("model.fp16.safetensors", "a");
        write("model.safetensors", "a");
        assertEquals(
                List.of(folder.resolve("model.safetensors")),
                Weights.inFolder(folder).files());
    }

    @Test
    void aVariantIsTakenWhereThereIsNothingElse() {
        write("model.fp16.safetensors", "a");
        assertTrue(Weights.inFolder(folder).has("a"));
    }

    @Test
    void shardsAreReadThroughTheirIndex() throws IOException {
        write("model-00001-of-00002.safetensors", "a");
        write("model-00002-of-00002.safetensors", "b");
        index("{\"a\": \"model-00001-of-00002.safetensors\", \"b\": \"model-00002-of-00002.safetensors\"}");
        Weights weights = Weights.inFolder(folder);
        assertTrue(weights.has("a") && weights.has("b"));
        assertEquals(2, weights.files().size());
        assertEquals(2 * 4 * 6, weights.float32Bytes());
    }

    @Test
    void anIndexMayNotLeaveItsFolder() throws IOException {
        index("{\"a\": \"../elsewhere.safetensors\"}");
        assertMessageHolds("model.safetensors.index.json", "same folder", "../elsewhere.safetensors");
    }

    @Test
    void aTensorThatTheIndexPromisesMustBeInItsShard() throws IOException {
        write("model-00001-of-00001.safetensors", "a");
        index("{\"a\": \"model-00001-of-00001.safetensors\", \"b\": \"model-00001-of-00001.safetensors\"}");
        assertMessageHolds("expected tensor b", "found none");
    }

    @Test
    void aPickleIsRefusedWithTheReason() throws IOException {
        Files.write(folder.resolve("pytorch_model.bin"), new byte[] {'P', 'K', 3, 4});
        assertMessageHolds("pytorch_model.bin", "pickle", "can run code");
    }

    @Test
    void anEmptyFolderIsNamed() {
        assertMessageHolds(folder.toString(), "expected weights as *.safetensors, found none");
    }

    @Test
    void oldNamesOfTheVaesAttentionAreBroughtToThePresentOnes() {
        write("model.safetensors", "decoder.mid_block.attentions.0.query.weight", "other.query.weight");
        Weights weights = Weights.inFolder(folder);
        assertTrue(weights.has("decoder.mid_block.attentions.0.to_q.weight"));
        assertTrue(weights.has("other.query.weight"));
    }

    @Test
    void aWrongShapeIsNamedWithBothShapes() {
        write("model.safetensors", "a");
        Weights weights = Weights.inFolder(folder);
        CheckpointException e = assertThrows(CheckpointException.class, () -> weights.get("a", List.of(3, 2)));
        assertTrue(e.getMessage().endsWith("tensor a: expected shape [3, 2], found [2, 3]"), e.getMessage());
    }

    @Test
    void aLinkIsFollowedToTheRealFile() throws IOException {
        Path blobs = Files.createDirectory(folder.resolve("blobs"));
        Path blob = blobs.resolve("0123abcd");
        SafetensorsWriter.write(blob, Map.of("a", Tensor.of(new float[6], 2, 3)), Map.of());
        Path snapshot = Files.createDirectory(folder.resolve("snapshot"));
        Files.createSymbolicLink(snapshot.resolve("model.safetensors"), blob);
        assertEquals(blob.toRealPath(), Weights.inFolder(snapshot).get("a").file());
    }

    private void assertMessageHolds(String... parts) {
        CheckpointException e = assertThrows(CheckpointException.class, () -> Weights.inFolder(folder));
        for (String part : parts) {
            assertTrue(e.getMessage().contains(part), e.getMessage());
        }
    }

    private void write(String file, String... tensors) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        for (String tensor : tensors) {
            values.put(tensor, Tensor.of(new float[6], 2, 3));
        }
        SafetensorsWriter.write(folder.resolve(file), values, Map.of());
    }

    private void index(String weightMap) throws IOException {
        Files.writeString(folder.resolve("model.safetensors.index.json"), "{\"weight_map\": " + weightMap + "}");
    }
}
