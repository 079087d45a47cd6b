package sc.fiji.diffusion.engine.provenance;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a batch of images came to be. With the same model, versions and device kind, the same values make the same
 * pixels.
 *
 * @param task what was done
 * @param prompt as typed
 * @param negativePrompt as typed
 * @param width in pixels
 * @param height in pixels
 * @param steps denoising steps asked for
 * @param guidanceScale classifier-free guidance
 * @param scheduler its name as on the command line, or the class if it has none
 * @param seed of the first image; image i has {@code seed + i}
 * @param batchSize number of images
 * @param modelName the name or folder of the checkpoint
 * @param modelSha256 SHA-256 over the weight files' bytes, text encoder, UNet, VAE in this order, in hexadecimal
 * @param engineVersion of this software
 * @param runtimeVersion of ONNX Runtime
 * @param device what it ran on, such as {@code CPU}
 * @param created when the job ended
 */
public record Provenance(
        Task task,
        String prompt,
        String negativePrompt,
        int width,
        int height,
        int steps,
        double guidanceScale,
        String scheduler,
        long seed,
        int batchSize,
        String modelName,
        String modelSha256,
        String engineVersion,
        String runtimeVersion,
        String device,
        Instant created) {

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
    }

    /** A thing that not every task has, such as {@code ControlNet}, and its value. */
    public record Detail(String name, String value) {}

    /** Lines of {@code Name: value}, for people, ending in a line feed; values that span lines are kept to one. */
    public String text() {
        return line("Generated", "by Diffusion for Fiji (not measured)")
                + line("Task", task.name())
                + line("Prompt", prompt)
                + line("Negative prompt", negativePrompt)
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
                + line("Engine", engineVersion)
                + line("ONNX Runtime", runtimeVersion)
                + line("Device", device)
                + line("Created", created);
    }

    private static String line(String name, Object value) {
        return name + ": " + value.toString().replaceAll("\\R", " ") + "\n";
    }
}
