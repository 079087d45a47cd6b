package sc.fiji.diffusion.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** What single files say, and do not say, of what their UNet predicts. */
class PredictionTest {

    private static final String BIAS = "model.diffusion_model.output_blocks.11.1.transformer_blocks.0.norm1.bias";

    @TempDir
    private Path folder;

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    @BeforeEach
    void anOrdinaryUNet() {
        tensors.put("model.diffusion_model.input_blocks.0.0.weight", Tensor.of(new float[36], 1, 4, 3, 3));
    }

    @Test
    void ordinaryModelsPredictNoise() {
        assertEquals(new Prediction("epsilon", false), of(Family.STABLE_DIFFUSION_1));
        assertEquals(new Prediction("epsilon", false), of(Family.STABLE_DIFFUSION_XL));
    }

    @Test
    void tensorsNamedSoSayVelocityAndZeroTerminalSignal() {
        tensors.put("v_pred", Tensor.of(new float[0], 0));
        tensors.put("ztsnr", Tensor.of(new float[0], 0));
        Prediction found = of(Family.STABLE_DIFFUSION_XL);
        assertEquals(new Prediction("v_prediction", true), found);
        ConfigFile scheduler = ConfigFile.of(folder, Family.STABLE_DIFFUSION_XL.scheduler(found));
        assertEquals("EulerDiscreteScheduler", scheduler.text("_class_name", ""));
        assertEquals("v_prediction", scheduler.text("prediction_type", ""));
        assertEquals("trailing", scheduler.text("timestep_spacing", ""));
        assertEquals(true, scheduler.flag("rescale_betas_zero_snr", false));
    }

    @Test
    void theMetadataHasTheFirstWord() {
        tensors.put("v_pred", Tensor.of(new float[0], 0));
        metadata.put("modelspec.prediction_type", "epsilon");
        assertEquals(new Prediction("epsilon", false), of(Family.STABLE_DIFFUSION_XL));
        metadata.put("modelspec.prediction_type", "v");
        assertEquals(new Prediction("v_prediction", false), of(Family.STABLE_DIFFUSION_1));
    }

    @Test
    void secondModelsPredictVelocityUnlessTheirWeightsSayOtherwise() {
        assertEquals("v_prediction", of(Family.STABLE_DIFFUSION_2).type());
        tensors.put(BIAS, Tensor.of(new float[] {0.05f, -0.05f, 0.05f, -0.05f}, 4));
        assertEquals("epsilon", of(Family.STABLE_DIFFUSION_2).type());
        tensors.put(BIAS, Tensor.of(new float[] {0.2f, -0.2f, 0.2f, -0.2f}, 4));
        Prediction velocity = of(Family.STABLE_DIFFUSION_2);
        assertEquals("v_prediction", velocity.type());
        assertEquals(768, Family.STABLE_DIFFUSION_2.nativeSize(velocity));
        assertEquals(
                "DDIMScheduler",
                Family.STABLE_DIFFUSION_2.scheduler(velocity).get("_class_name").getAsString());
    }

    @Test
    void theBaseModelIsKnownByItsTrainingSteps() {
        tensors.put("global_step", Tensor.of(new float[] {875000}, 1));
        assertEquals("epsilon", of(Family.STABLE_DIFFUSION_2).type());
        tensors.put("global_step", Tensor.of(new float[] {110000}, 1));
        assertEquals("v_prediction", of(Family.STABLE_DIFFUSION_2).type());
    }

    @Test
    void theArchitectureOfTheMetadataTellsSecondModelsApart() {
        metadata.put("modelspec.architecture", "stable-diffusion-v2-512");
        assertEquals(512, Family.STABLE_DIFFUSION_2.nativeSize(of(Family.STABLE_DIFFUSION_2)));
        metadata.put("modelspec.architecture", "stable-diffusion-v2-768-v");
        assertEquals(768, Family.STABLE_DIFFUSION_2.nativeSize(of(Family.STABLE_DIFFUSION_2)));
    }

    @Test
    void secondModelsForInpaintingPredictNoise() {
        tensors.put("model.diffusion_model.input_blocks.0.0.weight", Tensor.of(new float[81], 1, 9, 3, 3));
        assertEquals("epsilon", of(Family.STABLE_DIFFUSION_2).type());
    }

    @Test
    void theResolutionOfTheMetadataIsTheNativeSize() {
        assertEquals(
                960,
                new FileMetadata(Map.of("modelspec.resolution", "960x960"))
                        .nativeSize()
                        .orElseThrow());
        assertEquals(
                512,
                new FileMetadata(Map.of("modelspec.resolution", "512"))
                        .nativeSize()
                        .orElseThrow());
        for (String broken : new String[] {"", "0x0", "512x768", "99999999999x99999999999", "big"}) {
            assertEquals(
                    true,
                    new FileMetadata(Map.of("modelspec.resolution", broken))
                            .nativeSize()
                            .isEmpty(),
                    broken);
        }
    }

    private Prediction of(Family family) {
        Path file = folder.resolve("model.safetensors");
        SafetensorsWriter.write(file, tensors, metadata);
        return Prediction.of(SafetensorsFile.open(file), family);
    }
}
