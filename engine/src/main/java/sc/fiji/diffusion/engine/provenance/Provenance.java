package sc.fiji.diffusion.engine.provenance;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.prompt.PromptSyntax;

/**
 * How a batch of images came to be. With the same model, versions and device kind, the same values make the same
 * pixels.
 *
 * @param task what was done
 * @param prompt as typed
 * @param negativePrompt as typed
 * @param syntax how the prompts were read
 * @param clipSkip layers of the text encoder left out for the prompt
 * @param width in pixels
 * @param height in pixels
 * @param steps denoising steps asked for
 * @param guidanceScale classifier-free guidance
 * @param scheduler its name as on the command line, or the class if it has none
 * @param seed of the first image; image i has {@code seed + i}
 * @param batchSize number of images
 * @param modelName the name or folder of the checkpoint
 * @param modelSha256 SHA-256 over the weight files' bytes, text encoder, UNet, VAE in this order, in hexadecimal
 * @param vae the VAE that took the place of the checkpoint's own, if one did
 * @param adapters LoRAs and textual inversions, in the order of their use
 * @param engineVersion of this software
 * @param runtimeVersion of ONNX Runtime
 * @param device what it ran on, such as {@code CPU}
 * @param created when the job ended
 */
public record Provenance(
        Task task,
        String prompt,
        String negativePrompt,
        PromptSyntax syntax,
        int clipSkip,
        int width,
        int height,
        int steps,
        double guidanceScale,
        String scheduler,
        long seed,
        int batchSize,
        String modelName,
        String modelSha256,
        Optional<WeightsFile> vae,
        List<Adapter> adapters,
        String engineVersion,
        String runtimeVersion,
        String device,
        Instant created) {

    public Provenance {
        adapters = List.copyOf(adapters);
    }

    /** The kinds of files that adapt a model. */
    public enum AdapterKind {
        LORA("LoRA"),
        TEXTUAL_INVERSION("Textual inversion");

        private final String label;

        AdapterKind(String label) {
            this.label = label;
        }
    }

    /**
     * A file that the model was adapted by.
     *
     * @param kind what it is
     * @param name the file's without its ending
     * @param strength how strongly it was used; empty for what has no strength
     * @param sha256 of the file, in hexadecimal
     * @param note what of it could not be used; usually empty
     */
    public record Adapter(AdapterKind kind, String name, String strength, String sha256, String note) {

        private String line() {
            return Provenance.line(
                    kind.label,
                    name + (strength.isEmpty() ? "" : ", strength " + strength) + ", SHA-256 " + sha256
                            + (note.isEmpty() ? "" : " (" + note + ")"));
        }
    }

    /**
     * Weights beside the checkpoint's.
     *
     * @param name of the file or folder
     * @param sha256 SHA-256 over the bytes, in hexadecimal
     */
    public record WeightsFile(String name, String sha256) {}

    /**
     * What was done.
     *
     * @param name such as {@code text to image}
     * @param strength of the noise that was added to a given image; empty where none was given
     * @param details what else it was done with, in the order to tell it
     */
    public record Task(String name, OptionalDouble strength, List<Detail> details) {

        public Task {
            details = List.copyOf(details);
        }

        /** Without details. */
        public Task(String name, OptionalDouble strength) {
            this(name, strength, List.of());
        }

        /** With one more detail. */
        public Task with(String detail, String value) {
            return new Task(
                    name,
                    strength,
                    Stream.concat(details.stream(), Stream.of(new Detail(detail, value)))
                            .toList());
        }

        public static Task textToImage() {
            return new Task("text to image", OptionalDouble.empty());
        }

        public static Task imageToImage(double strength) {
            return new Task("image to image", OptionalDouble.of(strength));
        }

        /** @param imageGuidanceScale how far to go towards the picture */
        public static Task instruction(double imageGuidanceScale) {
            return new Task("image to image by instruction", OptionalDouble.empty())
                    .with("Image guidance scale", Double.toString(imageGuidanceScale));
        }

        public static Task inpainting(double strength) {
            return new Task("inpainting", OptionalDouble.of(strength));
        }

        /**
         * Image to image, tile by tile.
         *
         * @param tile width and height of each
         * @param overlap share of a tile that the next one covers too, at least
         */
        public static Task upscaling(double strength, int tile, double overlap) {
            return new Task(
                    "upscaling by tiles of " + tile + " x " + tile + " that overlap by " + overlap,
                    OptionalDouble.of(strength));
        }
    }

    /** The same with one more thing to tell of the task. */
    public Provenance with(String detail, String value) {
        return ofParts(task.with(detail, value), width, height, seed, batchSize);
    }

    /** Of images that were put together from parts, of which this is one's. */
    public Provenance ofParts(Task newTask, int newWidth, int newHeight, long newSeed, int newBatchSize) {
        return new Provenance(
                newTask,
                prompt,
                negativePrompt,
                syntax,
                clipSkip,
                newWidth,
                newHeight,
                steps,
                guidanceScale,
                scheduler,
                newSeed,
                newBatchSize,
                modelName,
                modelSha256,
                vae,
                adapters,
                engineVersion,
                runtimeVersion,
                device,
                created);
    }

    /** A thing that not every task has, such as {@code ControlNet}, and its value. */
    public record Detail(String name, String value) {}

    /** Lines of {@code Name: value}, for people, ending in a line feed; values that span lines are kept to one. */
    public String text() {
        return line("Generated", "by Diffusion for Fiji (not measured)")
                + line("Task", task.name())
                + line("Prompt", prompt)
                + line("Negative prompt", negativePrompt)
                + line("Prompt syntax", syntax.name().toLowerCase(Locale.ROOT))
                + line("Clip skip", clipSkip)
                + line("Size", width + " x " + height)
                + line("Steps", steps)
                + (task.strength().isPresent()
                        ? line("Strength", task.strength().getAsDouble())
                        : "")
                + task.details().stream()
                        .map(detail -> line(detail.name(), detail.value()))
                        .collect(Collectors.joining())
                + line("Guidance scale", guidanceScale)
                + line("Scheduler", scheduler)
                + line("Seed", seed)
                + line("Batch size", batchSize)
                + line("Model", modelName)
                + line("Model SHA-256", modelSha256)
                + vae.map(file -> line("VAE", file.name()) + line("VAE SHA-256", file.sha256()))
                        .orElse("")
                + adapters.stream().map(Adapter::line).collect(Collectors.joining())
                + line("Engine", engineVersion)
                + line("ONNX Runtime", runtimeVersion)
                + line("Device", device)
                + line("Created", created);
    }

    private static String line(String name, Object value) {
        return name + ": " + value.toString().replaceAll("\\R", " ") + "\n";
    }
}
