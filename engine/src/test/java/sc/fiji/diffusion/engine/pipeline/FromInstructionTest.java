package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.network.Autoencoder;
import sc.fiji.diffusion.engine.network.UNet2DCondition;
import sc.fiji.diffusion.engine.runtime.InferenceSession;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.scheduler.Scheduler;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;
import sc.fiji.diffusion.engine.scheduler.SchedulerConfig;
import sc.fiji.diffusion.engine.scheduler.TorchRandom;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** InstructPix2Pix, on Stable Diffusion 1.5's weights with a first convolution of eight channels. */
class FromInstructionTest {

    private static final double TEXT_SCALE = 7;
    private static final double IMAGE_SCALE = 1.8;
    private static final int LENGTH = 4 * 8 * 8;

    @TempDir
    private Path folder;

    private final RgbImage picture = picture();
    private final TextToImageRequest settings = TextToImageRequest.of("turn it red", 64, 64)
            .withNegativePrompt("blue")
            .withSteps(4)
            .withGuidanceScale(TEXT_SCALE)
            .withSeed(11);

    @BeforeEach
    void writeTheModel() throws IOException {
        Path whole = Reference.folder().resolve("sd15");
        try (Stream<Path> files = Files.walk(whole)) {
            for (Path file : files.toList()) {
                Path copy = folder.resolve(whole.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (!file.toString().endsWith("golden.safetensors")) {
                    Files.copy(file, copy);
                }
            }
        }
        replace("model_index.json", "\"StableDiffusionPipeline\"", "\"StableDiffusionInstructPix2PixPipeline\"");
        replace("unet/config.json", "\"in_channels\": 4", "\"in_channels\": 8");
        Path weights = folder.resolve("unet").resolve("diffusion_pytorch_model.safetensors");
        SafetensorsFile four = SafetensorsFile.open(weights);
        Map<String, Tensor> eight = new LinkedHashMap<>();
        four.tensors().keySet().forEach(name -> eight.put(name, four.readFloats(name)));
        int[] shape = eight.get("conv_in.weight").shape().clone();
        shape[1] = 8;
        float[] random = new TorchRandom(5).next(Tensor.count(shape));
        for (int i = 0; i < random.length; i++) {
            random[i] *= 0.1f;
        }
        eight.put("conv_in.weight", new Tensor(shape, random));
        SafetensorsWriter.write(weights, eight, Map.of());
    }

    @Test
    void latentsEqualTheStepsWrittenOutByHand() {
        for (String scheduler : List.of("euler_a", "ddim")) {
            TextToImageRequest of = settings.withScheduler(SchedulerChoice.named(scheduler));
            Reference.assertClose(
                    scheduler,
                    byHand(scheduler),
                    edited(of, 0.3, IMAGE_SCALE).latents().values(),
                    1e-5);
        }
    }

    /** diffusers' loop with three predictions a step, each by itself. */
    private float[] byHand(String name) {
        Checkpoint checkpoint = Checkpoint.open(folder);
        Scheduler scheduler = SchedulerChoice.named(name)
                .resolve(SchedulerConfig.of(checkpoint.scheduler().json(), "the model"))
                .create(4);
        TorchRandom noise = new TorchRandom(11);
        float[] sample = noise.next(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            sample[i] *= scheduler.initNoiseSigma();
        }
        try (PromptEncoder encoder = PlainPrompts.open(checkpoint);
                InferenceSession vae =
                        InferenceSession.open(Autoencoder.of(checkpoint.vae()).encoderGraph());
                InferenceSession unet = InferenceSession.open(UNet2DCondition.graph(checkpoint.unet()))) {
            Tensor prompt = PlainPrompts.encode(encoder, "turn it red");
            Tensor negative = PlainPrompts.encode(encoder, "blue");
            float[] image = Arrays.copyOf(
                    vae.run(
                                    Map.of(Autoencoder.SAMPLE, picture.toEncoder()),
                                    Autoencoder.LATENT_PARAMETERS,
                                    Progress.NONE)
                            .values(),
                    LENGTH);
            float[] timesteps = scheduler.timesteps();
            for (int i = 0; i < timesteps.length; i++) {
                float[] scaled = scheduler.scaleModelInput(sample, i);
                float[] text = predicted(unet, scaled, image, timesteps[i], prompt);
                float[] pictured = predicted(unet, scaled, image, timesteps[i], negative);
                float[] nothing = predicted(unet, scaled, new float[LENGTH], timesteps[i], negative);
                float[] guided = new float[LENGTH];
                for (int j = 0; j < LENGTH; j++) {
                    guided[j] = (float) (nothing[j]
                            + TEXT_SCALE * (text[j] - pictured[j])
                            + IMAGE_SCALE * (pictured[j] - nothing[j]));
                }
                sample = scheduler.step(guided, i, sample, noise);
            }
        }
        return sample;
    }

    private static float[] predicted(
            InferenceSession unet, float[] scaled, float[] image, float timestep, Tensor text) {
        float[] both = Arrays.copyOf(scaled, 2 * LENGTH);
        System.arraycopy(image, 0, both, LENGTH, LENGTH);
        return unet.run(
                        Map.of(
                                "sample", Tensor.of(both, 1, 8, 8, 8),
                                "timestep", Tensor.of(new float[] {timestep}, 1),
                                "encoder_hidden_states", text),
                        "out_sample",
                        Progress.NONE)
                .values();
    }

    @Test
    void theStrengthPlaysNoPartAndTheImageGuidanceDoes() {
        float[] one = edited(settings, 0.3, IMAGE_SCALE).latents().values();
        assertEquals(
                0,
                Reference.relativeError(
                        edited(settings, 0.9, IMAGE_SCALE).latents().values(), one));
        assertTrue(Reference.relativeError(edited(settings, 0.3, 1).latents().values(), one) > 0.01);
    }

    @Test
    void withoutGuidanceOnePredictionWithThePictureIsMade() {
        TextToImageRequest of = settings.withGuidanceScale(1);
        GenerationResult made = edited(of, 0.3, IMAGE_SCALE);
        assertTrue(made.latents().isFinite());
        assertEquals(
                0,
                Reference.relativeError(
                        edited(of, 0.3, 9).latents().values(), made.latents().values()));
        String text = made.provenance().text();
        assertTrue(text.contains("Task: image to image by instruction\n"), text);
        assertTrue(text.contains("\nImage guidance scale: 1.8\n"), text);
    }

    @Test
    void whatSuchAModelCannotDoIsRefused() {
        try (DiffusionPipeline pipeline = DiffusionPipeline.open(Checkpoint.open(folder), Progress.NONE)) {
            assertRefused(
                    "expected a model that makes whole images, found ",
                    () -> pipeline.textToImage(settings, Progress.NONE));
            assertRefused(
                    "a model that follows instructions",
                    () -> pipeline.inpaint(
                            new InpaintRequest(
                                    settings,
                                    picture,
                                    Mask.everything(64, 64),
                                    InpaintRequest.MaskReduction.NEAREST,
                                    1),
                            Progress.NONE));
        }
        ControlNetCheckpoint controlNet =
                ControlNetCheckpoint.open(Reference.folder().resolve("controlnet"));
        assertRefused(
                "ControlNet: expected a model that makes whole images or inpaints",
                () -> DiffusionPipeline.open(
                        Checkpoint.open(folder),
                        PipelineOptions.of(Checkpoint.open(folder)).withControlNets(List.of(controlNet)),
                        Progress.NONE));
        assertRefused(
                "image guidance: expected 1 to 100, found 0.5",
                () -> new ImageToImageRequest(settings, picture, 0.5, 0.5));
    }

    private static void assertRefused(String sentence, Runnable work) {
        String message = assertThrows(RequestException.class, work::run).getMessage();
        assertTrue(message.contains(sentence), message);
    }

    private GenerationResult edited(TextToImageRequest of, double strength, double imageScale) {
        try (DiffusionPipeline pipeline = DiffusionPipeline.open(Checkpoint.open(folder), Progress.NONE)) {
            return pipeline.imageToImage(new ImageToImageRequest(of, picture, strength, imageScale), Progress.NONE);
        }
    }

    private void replace(String file, String found, String replacement) throws IOException {
        Path path = folder.resolve(file);
        String text = Files.readString(path);
        assertTrue(text.contains(found), file + " holds " + found);
        Files.writeString(path, text.replace(found, replacement));
    }

    private static RgbImage picture() {
        float[] samples = new float[3 * 64 * 64];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.5 + 0.5 * Math.sin(i * 0.01 + i % 3));
        }
        return new RgbImage(64, 64, samples);
    }
}
