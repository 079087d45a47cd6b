package sc.fiji.diffusion.scijava;

import ij.ImagePlus;
import java.util.Objects;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.pipeline.ImageToImageRequest;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.job.Seeds;
import sc.fiji.diffusion.pixels.ValueRange;
import sc.fiji.diffusion.stack.StackPart;
import sc.fiji.diffusion.watermark.ChosenWatermark;

/**
 * What a script asks of an open image. Immutable; whether it suits the image is checked when it is used. Start from
 * {@link #imageToImage} or {@link #inpaint} and change what differs:
 *
 * <pre>{@code EditRequest.inpaint("a dark background").withSlices("all").withStrength(0.7).withSeed(42)}</pre>
 *
 * @param model the name of a model, or the path of its folder
 * @param sampling the text and all that text-to-image knows; its size and its number of images play no part
 * @param strength how much changes, above 0 and up to 1
 * @param slices {@code current}, {@code all}, or numbers from 1 such as {@code 2-5,7}: those of the stack, or in depth
 *     if the image is a hyperstack
 * @param channels of a hyperstack, in the same way
 * @param frames of a hyperstack, in the same way
 * @param range which values the model sees as black and white
 * @param vary whether every slice has a seed of its own; otherwise all begin with the same noise
 */
public record EditRequest(
        String model,
        TextToImageRequest sampling,
        double strength,
        String slices,
        String channels,
        String frames,
        ValueRange range,
        boolean vary) {

    /** What stands for the slice that is shown. */
    public static final String CURRENT = "current";

    /** The strength of inpainting where the user names none: what was there is forgotten. */
    static final double INPAINT_STRENGTH = 1;

    public EditRequest {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(sampling, "sampling");
        Objects.requireNonNull(slices, "slices");
        Objects.requireNonNull(channels, "channels");
        Objects.requireNonNull(frames, "frames");
        Objects.requireNonNull(range, "range");
    }

    /** Of the slice that is shown, by the model that ships with the plugin, at the usual strength, a random seed. */
    public static EditRequest imageToImage(String prompt) {
        return of(Models.EMBEDDED, prompt, ImageToImageRequest.DEFAULT_STRENGTH);
    }

    /** The same at full strength: what was there is forgotten. */
    public static EditRequest inpaint(String prompt) {
        return of(Models.EMBEDDED, prompt, INPAINT_STRENGTH);
    }

    private static EditRequest of(String model, String prompt, double strength) {
        TextToImageRequest sampling = suited(model, TextToImageRequest.of(prompt, 1, 1))
                .withSeed(Seeds.resolve(Seeds.RANDOM))
                .withWatermark(ChosenWatermark.isOn());
        return new EditRequest(
                model, sampling, strength, CURRENT, CURRENT, CURRENT, new ValueRange.DisplayRange(), false);
    }

    /** With the steps and the guidance that suit the model, whatever they were before. */
    public EditRequest withModel(String newModel) {
        return new EditRequest(newModel, suited(newModel, sampling), strength, slices, channels, frames, range, vary);
    }

    public EditRequest withSampling(TextToImageRequest newSampling) {
        return new EditRequest(model, newSampling, strength, slices, channels, frames, range, vary);
    }

    public EditRequest withSteps(int steps) {
        return withSampling(sampling.withSteps(steps));
    }

    public EditRequest withSeed(long seed) {
        return withSampling(sampling.withSeed(seed));
    }

    public EditRequest withStrength(double newStrength) {
        return new EditRequest(model, sampling, newStrength, slices, channels, frames, range, vary);
    }

    public EditRequest withSlices(String newSlices) {
        return new EditRequest(model, sampling, strength, newSlices, channels, frames, range, vary);
    }

    public EditRequest withChannels(String newChannels) {
        return new EditRequest(model, sampling, strength, slices, newChannels, frames, range, vary);
    }

    public EditRequest withFrames(String newFrames) {
        return new EditRequest(model, sampling, strength, slices, channels, newFrames, range, vary);
    }

    public EditRequest withRange(ValueRange newRange) {
        return new EditRequest(model, sampling, strength, slices, channels, frames, newRange, vary);
    }

    public EditRequest withVary(boolean newVary) {
        return new EditRequest(model, sampling, strength, slices, channels, frames, range, newVary);
    }

    StackPart part(ImagePlus image) {
        return StackPart.of(image, slices, channels, frames);
    }

    private static TextToImageRequest suited(String model, TextToImageRequest sampling) {
        Checkpoint checkpoint = Checkpoint.open(Models.locate(model));
        return sampling.withSteps(checkpoint.steps()).withGuidanceScale(checkpoint.guidanceScale());
    }
}
