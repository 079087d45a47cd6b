package sc.fiji.diffusion.scijava;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.ImagePlus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.AbstractContextual;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.event.EventHandler;
import org.scijava.task.TaskService;
import org.scijava.task.event.TaskEvent;
import sc.fiji.diffusion.engine.blend.Keyframe;
import sc.fiji.diffusion.engine.blend.Variations;
import sc.fiji.diffusion.engine.blend.Walk;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

@Timeout(120)
class DiffusionServiceTest {

    private Context context;
    private DiffusionService diffusion;

    @BeforeEach
    void start() {
        context = new Context(CommandService.class, TaskService.class, DiffusionService.class);
        diffusion = context.service(DiffusionService.class);
    }

    @AfterEach
    void stop() {
        diffusion.closeModel();
        context.dispose();
    }

    @Test
    void aScriptGetsAnImageAndATaskTellsHowFarItIs() {
        TaskListener listener = new TaskListener();
        listener.setContext(context);
        TextToImageRequest request =
                TextToImageRequest.of("nuclei", 64, 64).withSteps(2).withSeed(9).withBatchSize(2);
        ImagePlus image = diffusion.textToImage(Models.EMBEDDED, request);
        assertEquals(2, image.getStackSize());
        assertEquals("seed 10", image.getStack().getSliceLabel(2));
        assertNull(image.getWindow());
        assertTrue(
                listener.messages.stream().anyMatch(message -> message.startsWith("Denoising: 1 of")),
                listener.messages::toString);
    }

    @Test
    void aScriptGetsVariationsAndWalks() {
        TextToImageRequest picture =
                TextToImageRequest.of("nuclei", 64, 64).withSteps(2).withSeed(9);
        ImagePlus variations = diffusion.variations(Models.EMBEDDED, picture, new Variations(0.25, 5, 2));
        assertEquals("seed 9 to 6 at 0.25, nuclei", variations.getStack().getSliceLabel(2));
        Walk walk = new Walk(Keyframe.of(List.of("nuclei", "bacteria"), List.of(9L)), 3, false);
        ImagePlus frames = diffusion.interpolate(Models.EMBEDDED, picture, walk);
        assertEquals(3, frames.getNFrames());
        assertArrayEquals(
                (int[]) diffusion
                        .textToImage(Models.EMBEDDED, picture)
                        .getProcessor()
                        .getPixels(),
                (int[]) frames.getStack().getPixels(1));
    }

    @Test
    void theCommandHasTheKeysOfTheMenusCommandAndNoMenuEntry() {
        CommandInfo info = context.service(CommandService.class).getCommand(TextToImageCommand.class);
        assertEquals(0, info.getMenuPath().size());
        for (String key : List.of(
                "model",
                "width",
                "height",
                "steps",
                "guidance",
                "scheduler",
                "seed",
                "count",
                "clipSkip",
                "plainPrompts",
                "negative",
                "prompt")) {
            assertTrue(info.getInput(key) != null, key);
        }
    }

    @Test
    void theCommandFillsInTheDefaults() throws Exception {
        CommandModule module = context.service(CommandService.class)
                .run(
                        TextToImageCommand.class,
                        false,
                        Map.of("prompt", "(nuclei)", "steps", 1, "width", 64, "seed", 3L, "clipSkip", 1))
                .get();
        ImagePlus image = (ImagePlus) module.getOutput("image");
        assertEquals(64, image.getWidth());
        assertEquals("seed 3", image.getStack().getSliceLabel(1));
        assertTrue(image.getInfoProperty().contains("Guidance scale: 2.0"), image.getInfoProperty());
        assertTrue(image.getInfoProperty().contains("Clip skip: 1\n"), image.getInfoProperty());
        assertTrue(image.getInfoProperty().contains("Prompt syntax: weighted\n"), image.getInfoProperty());
    }

    @Test
    void aDistilledModelTakesTheStepsAndTheGuidanceThatSuitIt(@TempDir Path folder) throws Exception {
        Path reference = Path.of("..", "..", "shared", "reference", "sd15")
                .toAbsolutePath()
                .normalize();
        assumeTrue(Files.isDirectory(reference), "../shared/reference is not here");
        String turbo = Files.createSymbolicLink(folder.resolve("sd15-turbo"), reference)
                .toString();
        CommandModule module = context.service(CommandService.class)
                .run(
                        TextToImageCommand.class,
                        false,
                        Map.of("model", turbo, "prompt", "nuclei", "width", 64, "height", 64))
                .get();
        String info = ((ImagePlus) module.getOutput("image")).getInfoProperty();
        assertTrue(info.contains("Steps: 4\n") && info.contains("Guidance scale: 1.0\n"), info);
        TextToImageRequest edit =
                EditRequest.inpaint("nuclei").withSteps(9).withModel(turbo).sampling();
        assertEquals(4, edit.steps());
        assertEquals(1, edit.guidanceScale());
    }

    /** Hears what tasks tell; SciJava keeps only weak references to its listeners. */
    public static final class TaskListener extends AbstractContextual {

        private final List<String> messages = new CopyOnWriteArrayList<>();

        @EventHandler
        public void onEvent(TaskEvent event) {
            messages.add(String.valueOf(event.getTask().getStatusMessage()));
        }
    }
}
