package sc.fiji.diffusion.engine.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.ConfigFile;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.network.Autoencoder;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.safetensors.DType;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;

class SyntheticCheckpointTest {

    @TempDir
    private Path temporary;

    @Test
    void aCheckpointIsWrittenThatTheEngineOpens() {
        Path folder = written(false);
        Checkpoint checkpoint = Checkpoint.open(folder);
        assertEquals(64, checkpoint.nativeSize());
        assertEquals(8, checkpoint.vaeScaleFactor());
        assertEquals(77, checkpoint.tokenizer().open().maxLength());
        assertEquals(List.of(DType.F16), types(checkpoint));
    }

    @Test
    void aTinyAutoencoderTakesThePlaceOfTheVae() {
        Checkpoint checkpoint = Checkpoint.open(written(true));
        assertEquals("latents", Autoencoder.of(checkpoint.vae()).encoderOutput());
        assertEquals(8, checkpoint.vaeScaleFactor());
    }

    @Test
    void matricesKeepTheSizeOfWhatGoesThroughThem() {
        Path file = temporary.resolve("weights.safetensors");
        SyntheticWeights.write(
                file,
                Map.of("a.weight", List.of(400, 90, 3, 3), "norm.weight", List.of(7), "a.bias", List.of(100_001)));
        SafetensorsFile written = SafetensorsFile.open(file);
        assertEquals(
                1, Math.sqrt(810) * deviation(written.readFloats("a.weight").values()), 0.01);
        assertEquals(0.02, deviation(written.readFloats("a.bias").values()), 0.0002);
        assertArrayEquals(
                new float[] {1, 1, 1, 1, 1, 1, 1},
                written.readFloats("norm.weight").values());
    }

    /** The pipeline refuses NaN and infinity after every step. */
    @Test
    void numbersStayFiniteThroughManyLayers() throws IOException {
        Path small = Reference.folder().resolve("sdxl");
        Path folder = temporary.resolve("xl");
        copyWithoutWeights(small, folder);
        for (SyntheticNetwork network : SyntheticModel.SDXL.networks()) {
            Path part = folder.resolve(network.folder());
            SyntheticWeights.write(
                    part.resolve(network.weightsFile()), network.shapes(ConfigFile.read(part.resolve("config.json"))));
        }
        try (DiffusionPipeline pipeline = DiffusionPipeline.open(Checkpoint.open(folder), Progress.NONE)) {
            RgbImage image = pipeline.textToImage(
                            TextToImageRequest.of("cells", 128, 128).withSteps(6), Progress.NONE)
                    .images()
                    .get(0)
                    .image();
            assertTrue(deviation(image.samples()) > 0.1, "deviation " + deviation(image.samples()));
        }
    }

    private static void copyWithoutWeights(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(path -> !path.toString().endsWith(".safetensors"))
                    .toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    @Test
    void whatIsThereAlreadyIsUsedAgain() throws IOException {
        Path folder = written(false);
        Path unet = folder.resolve("unet").resolve("diffusion_pytorch_model.safetensors");
        FileTime before = Files.getLastModifiedTime(unet);
        SyntheticCheckpoint.write(SyntheticModel.TINY, false, folder, Progress.NONE);
        assertEquals(before, Files.getLastModifiedTime(unet));
    }

    @Test
    void aFolderWithSomethingElseIsRefusedAndLeftAsItIs() throws IOException {
        Path file = Files.writeString(temporary.resolve("notes.txt"), "mine");
        RequestException refused = assertThrows(
                RequestException.class,
                () -> SyntheticCheckpoint.write(SyntheticModel.TINY, false, temporary, Progress.NONE));
        assertTrue(refused.getMessage().contains(temporary.toString()), refused.getMessage());
        assertEquals("mine", Files.readString(file));
        assertFalse(Files.exists(temporary.resolve("unet")));
    }

    @Test
    void anotherModelInTheFolderIsRefused() {
        Path folder = written(true);
        assertThrows(
                RequestException.class,
                () -> SyntheticCheckpoint.write(SyntheticModel.TINY, false, folder, Progress.NONE));
    }

    private Path written(boolean tinyAutoencoder) {
        Path folder = temporary.resolve("tiny");
        SyntheticCheckpoint.write(SyntheticModel.TINY, tinyAutoencoder, folder, Progress.NONE);
        return folder;
    }

    private static List<DType> types(Checkpoint checkpoint) {
        return checkpoint.unet().weights().tensors().stream()
                .map(tensor -> tensor.dtype())
                .distinct()
                .toList();
    }

    private static double deviation(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum / values.length);
    }
}
