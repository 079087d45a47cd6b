package sc.fiji.diffusion.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint;
import sc.fiji.diffusion.engine.hub.HuggingFaceCache;
import sc.fiji.diffusion.engine.hub.SettingsFolder;
import sc.fiji.diffusion.engine.image.ImageFile;
import sc.fiji.diffusion.engine.image.PngFile;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.pipeline.ControlImage;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.PipelineOptions;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;

/** ControlNets on the command line, from files to files. */
class ControlOptionsTest {

    private static final String SAMPLING = " --steps 3 --seed 4 --prompt beads";

    @TempDir
    private Path folder;

    private final Path model = Reference.folder().resolve("sd15");
    private final Path controlNet = Reference.folder().resolve("controlnet");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void eachControlNetHasItsOwnImageScaleAndSteps() {
        Path red = picture("red", 1, 0, 0);
        Path stripes = stripes();
        float[] found = latents("txt2img --width 64 --height 64" + control(red)
                + " --control-scale 0.7 --control-end 0.7" + control(stripes) + " --control-start 0.3");
        List<ControlImage> images = List.of(
                new ControlImage(ImageFile.read(red), 0.7, 0, 0.7),
                new ControlImage(ImageFile.read(stripes), 1, 0.3, 1));
        ControlNetCheckpoint opened = ControlNetCheckpoint.open(controlNet);
        try (DiffusionPipeline pipeline = DiffusionPipeline.open(
                Checkpoint.open(model),
                PipelineOptions.of(Checkpoint.open(model)).withControlNets(List.of(opened, opened)),
                Progress.NONE)) {
            float[] expected = pipeline.textToImage(
                            TextToImageRequest.of("beads", 64, 64)
                                    .withSteps(3)
                                    .withSeed(4)
                                    .withControlImages(images),
                            Progress.NONE)
                    .latents()
                    .values();
            assertEquals(0, Reference.relativeError(found, expected));
        }
    }

    @Test
    void img2imgAndInpaintAreSteeredToo() {
        Path image = picture("image", 0.2f, 0.5f, 0.7f);
        Path white = picture("white", 1, 1, 1);
        for (String command :
                List.of("img2img --strength 0.7 --image " + image, "inpaint --image " + image + " --mask " + white)) {
            float[] plain = latents(command);
            assertTrue(Reference.relativeError(latents(command + control(stripes())), plain) > 1e-3, command);
            assertEquals(
                    0,
                    Reference.relativeError(latents(command + control(stripes()) + " --control-scale 0"), plain),
                    command);
        }
    }

    @Test
    void aReplayIsSteeredAsThePictureWasByTheSameImagesAlone() {
        Path red = picture("red", 1, 0, 0);
        Path image = picture("image", 0.2f, 0.5f, 0.7f);
        for (String begun : List.of("txt2img --width 64 --height 64", "img2img --strength 0.7 --image " + image)) {
            latents(begun + control(red) + " --control-scale 0.7 --control-end 0.7" + control(stripes())
                    + " --control-start 0.3");
            String replay = "replay --model " + model + (begun.startsWith("img2img") ? " --image " + image : "")
                    + " --output " + folder.resolve("again.png") + " " + folder.resolve("out.png");
            assertEquals(0, run(replay + control(red) + control(stripes())), err.toString());
            assertEquals("the same to the bit", taken(out));
            assertEquals(ImageFile.read(folder.resolve("out.png")), ImageFile.read(folder.resolve("again.png")), begun);

            assertEquals(1, run(replay + control(red)));
            assertEquals("diffuse: control image: expected 2, one for each ControlNet, found 1", taken(err));
            assertEquals(1, run(replay + control(stripes()) + control(red)));
            assertTrue(
                    taken(err).startsWith("diffuse: control image: expected the one that was used, whose pixels"),
                    begun);
        }
    }

    @Test
    void aReplayFindsTheControlNetsByTheirWeights() {
        Path red = picture("red", 1, 0, 0);
        latents("txt2img --width 64 --height 64" + control(red) + control(stripes()) + " --control-scale 0.5");
        String replay = "replay --model " + model + " --output " + folder.resolve("again.png") + " "
                + folder.resolve("out.png") + " --control-image " + red + " --control-image " + stripes();
        System.setProperty(HuggingFaceCache.PROPERTY, folder.resolve("hub").toString());
        System.setProperty(SettingsFolder.PROPERTY, folder.resolve("settings").toString());
        try {
            assertEquals(1, run(replay));
            assertTrue(taken(err).startsWith("diffuse: ControlNet: expected controlnet with SHA-256 "), err.toString());
            assertEquals(0, run("models add steering " + controlNet), err.toString());
            taken(out);
            assertEquals(0, run(replay), err.toString());
            assertEquals("the same to the bit", taken(out));
        } finally {
            System.clearProperty(HuggingFaceCache.PROPERTY);
            System.clearProperty(SettingsFolder.PROPERTY);
        }
    }

    @Test
    void aReplayIsSteeredAsStronglyAsThePictureWasWhichNoOptionChanges() {
        assertEquals(2, run("replay --output x.png x.png" + control(stripes()) + " --control-scale 0.5"));
        assertTrue(taken(err).startsWith("diffuse: Unknown options: '--control-scale', '0.5'"), err.toString());
    }

    @Test
    void aControlNetWithoutItsImageIsAMatterOfUsage() {
        assertEquals(2, execute("txt2img --controlnet " + controlNet));
        assertTrue(
                err.toString().startsWith("diffuse: Error: Missing required argument(s): --control-image"),
                err.toString());
    }

    @Test
    void aScaleThatCannotBeIsAMatterOfUsage() {
        assertEquals(2, execute("txt2img" + control(stripes()) + " --control-scale -1"));
        assertTrue(err.toString().startsWith("diffuse: control scale: expected 0 to 10.0, found -1.0"), err.toString());
    }

    private String control(Path image) {
        return " --controlnet " + controlNet + " --control-image " + image;
    }

    private Path stripes() {
        float[] samples = new float[3 * 64 * 64];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = i / 3 % 64 / 8 % 2;
        }
        return written("stripes", samples);
    }

    private Path picture(String name, float... colour) {
        float[] samples = new float[3 * 64 * 64];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = colour[i % 3];
        }
        return written(name, samples);
    }

    private Path written(String name, float... samples) {
        Path file = folder.resolve(name + ".png");
        PngFile.write(new RgbImage(64, 64, samples), file);
        return file;
    }

    private float[] latents(String options) {
        assertEquals(0, execute(options), err.toString());
        return SafetensorsFile.open(folder.resolve("latents.safetensors"))
                .readFloats("latents")
                .values();
    }

    private int execute(String options) {
        return run(options + SAMPLING + " --model " + model + " --latents " + folder.resolve("latents.safetensors")
                + " --output " + folder.resolve("out.png"));
    }

    private int run(String options) {
        CommandLine commandLine = Diffuse.commandLine();
        commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return commandLine.execute(options.split(" "));
    }

    private static String taken(StringWriter written) {
        String text = written.toString().strip();
        written.getBuffer().setLength(0);
        return text;
    }
}
