package sc.fiji.diffusion.engine.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.file.JsonFile;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.PixelHash;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.pipeline.ControlImage;
import sc.fiji.diffusion.engine.pipeline.PromptReading;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.provenance.ControlNetUse;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.provenance.Sampling;
import sc.fiji.diffusion.engine.provenance.Task;
import sc.fiji.diffusion.engine.provenance.Texts;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;
import sc.fiji.diffusion.engine.scheduler.SchedulerConfig;

/**
 * A request to make a picture again. Immutable and checked when made: all pictures that the task wants are there, and are
 * the same as they were.
 *
 * @param made how it was made; of a batch, the first picture is made
 * @param source the picture that was begun with, if the task has one
 * @param mask what was made anew, for inpainting
 * @param controlImages one for each ControlNet
 */
public record ReplayRequest(
        Provenance made, Optional<RgbImage> source, Optional<Mask> mask, List<RgbImage> controlImages) {

    /** @throws RequestException if a picture is missing or another one than it was, or what is known is not enough */
    public ReplayRequest {
        controlImages = List.copyOf(controlImages);
        requireSource(made, source);
        requireMask(made, mask);
        requireControlImages(made.model().controlNets(), controlImages);
    }

    /** Whether the task begins with a picture. */
    public static boolean needsSource(Provenance made) {
        return !(made.task() instanceof Task.TextToImage || made.task() instanceof Task.Blend);
    }

    /** Whether the mask is needed and was not kept. */
    public static boolean needsMask(Provenance made) {
        return made.task() instanceof Task.Inpainting inpainting
                && inpainting.mask().flatMap(mask -> mask.mask()).isEmpty();
    }

    private static void requireSource(Provenance made, Optional<RgbImage> source) {
        if (!needsSource(made)) {
            return;
        }
        if (source.isEmpty()) {
            throw new RequestException("image: expected the picture that was begun with"
                    + made.source()
                            .map(known -> ", " + known.size().width() + "x"
                                    + known.size().height() + " pixels")
                            .orElse("")
                    + ", found none");
        }
        made.source().ifPresent(known -> requireHash("image", known.sha256(), PixelHash.of(source.get())));
    }

    private static void requireMask(Provenance made, Optional<Mask> mask) {
        if (!(made.task() instanceof Task.Inpainting inpainting)) {
            return;
        }
        if (mask.isEmpty()) {
            throw new RequestException("mask: expected the mask of what was made anew, found none");
        }
        inpainting.mask().ifPresent(known -> requireHash("mask", known.sha256(), PixelHash.of(mask.get())));
    }

    private static void requireControlImages(List<ControlNetUse> used, List<RgbImage> images) {
        if (used.size() != images.size()) {
            throw new RequestException(
                    "control image: expected " + used.size() + ", one for each ControlNet, found " + images.size());
        }
        for (int i = 0; i < images.size(); i++) {
            requireHash("control image", used.get(i).imageSha256(), PixelHash.of(images.get(i)));
        }
    }

    private static void requireHash(String what, String expected, String found) {
        if (!expected.equals(found)) {
            throw new RequestException(what + ": expected the one that was used, whose pixels have the SHA-256 "
                    + expected + ", found another one, with " + found);
        }
    }

    /** All that text to image knows, of one picture in its final size. */
    public TextToImageRequest settings() {
        Texts texts = made.texts();
        Sampling sampling = made.sampling();
        Size size = sampling.size();
        return new TextToImageRequest(
                texts.prompt(),
                texts.negativePrompt(),
                size.width(),
                size.height(),
                sampling.steps(),
                sampling.guidanceScale(),
                scheduler(sampling),
                sampling.seed(),
                1,
                new PromptReading(texts.syntax(), texts.clipSkip()),
                controls(),
                made.watermark().isPresent());
    }

    private static SchedulerChoice scheduler(Sampling sampling) {
        if (sampling.schedulerConfig().isEmpty()) {
            return SchedulerChoice.named(sampling.scheduler());
        }
        String source = "scheduler of the provenance";
        return SchedulerChoice.configured(SchedulerConfig.of(
                JsonFile.parse(
                        source,
                        "a scheduler's configuration",
                        sampling.schedulerConfig().get()),
                source));
    }

    private List<ControlImage> controls() {
        List<ControlImage> controls = new ArrayList<>();
        for (ControlNetUse use : made.model().controlNets()) {
            controls.add(new ControlImage(
                    controlImages.get(controls.size()), use.scale(), use.start(), use.end(), use.hint()));
        }
        return controls;
    }
}
