package sc.fiji.diffusion.engine.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.checkpoint.ConfigFile;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;
import sc.fiji.diffusion.engine.checkpoint.Weights;
import sc.fiji.diffusion.engine.hub.Models;

/** The tensors that a network is said to have are those of real checkpoints. */
class SyntheticNetworkTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "sd15, UNET",
        "sd15, VAE",
        "sd15, TEXT_ENCODER",
        "sd15-inpainting, UNET",
        "sdxl, UNET",
        "sdxl, VAE",
        "sdxl, TEXT_ENCODER",
        "sdxl, TEXT_ENCODER_2"
    })
    void namesAndShapesAreThoseThatDiffusersWrote(String model, SyntheticNetwork network) {
        assertSameTensors(Reference.folder().resolve(model).resolve(network.folder()), network);
    }

    @ParameterizedTest
    @CsvSource({"UNET", "VAE", "TEXT_ENCODER"})
    void namesAndShapesAreThoseOfTheBuiltInModel(SyntheticNetwork network) {
        assertSameTensors(Models.locate(Models.EMBEDDED).resolve(network.folder()), network);
    }

    @ParameterizedTest
    @CsvSource({
        "sd15, UNET, 859520964",
        "sd15, VAE, 83653863",
        "sd15, TEXT_ENCODER, 123060480",
        "sd21, UNET, 865910724",
        "sd21, TEXT_ENCODER, 340387840",
        "sdxl, UNET, 2567463684",
        "sdxl, VAE, 83653863",
        "sdxl, TEXT_ENCODER, 123060480",
        "sdxl, TEXT_ENCODER_2, 694659840"
    })
    void parametersAreAsManyAsInThePublishedModels(String model, SyntheticNetwork network, long parameters)
            throws IOException {
        String config = model + "/" + network.folder() + "/config.json";
        assertEquals(parameters, SyntheticCheckpoint.parameters(network.shapes(config(config))), config);
    }

    @Test
    void aTinyAutoencoderHasAsManyParametersAsTaesd() throws IOException {
        Map<String, List<Integer>> shapes = SyntheticNetwork.VAE.shapes(config("taesd/config.json"));
        assertEquals(2_445_063, SyntheticCheckpoint.parameters(shapes));
    }

    private ConfigFile config(String resource) throws IOException {
        Path file = folder.resolve("config.json");
        try (InputStream in = SyntheticNetwork.class.getResourceAsStream(resource)) {
            Files.copy(in, file);
        }
        return ConfigFile.read(file);
    }

    private static void assertSameTensors(Path component, SyntheticNetwork network) {
        Map<String, List<Integer>> expected = new TreeMap<>();
        for (WeightTensor tensor : Weights.inFolder(component).tensors()) {
            // A list of 0 to 76 that some versions of transformers wrote too.
            if (!tensor.name().endsWith("position_ids")) {
                expected.put(tensor.name(), tensor.shape());
            }
        }
        Map<String, List<Integer>> found = network.shapes(ConfigFile.read(component.resolve("config.json")));
        assertEquals(expected.keySet(), new TreeSet<>(found.keySet()), "names");
        expected.forEach((name, shape) -> assertEquals(shape, found.get(name), name));
    }
}
