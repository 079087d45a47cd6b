package sc.fiji.diffusion.replay;

import ij.ImagePlus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.provenance.EditedImage;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.replay.Differences;
import sc.fiji.diffusion.engine.replay.ReplayRequest;
import sc.fiji.diffusion.job.DiffusionJobs;
import sc.fiji.diffusion.provenance.KnownHistory;

/**
 * What is to be made again, and from what.
 *
 * @param image that shows it
 * @param known of that image
 * @param steps of its history, the last of which leads to what the image shows
 * @param source what the first step begins with; empty if that is words alone
 */
public record ReplayPlan(ImagePlus image, KnownHistory known, List<Provenance> steps, Optional<OpenSource> source) {

    public ReplayPlan {
        steps = List.copyOf(steps);
    }

    /**
     * As few steps as can be: the last one if what it began with is open, or else those before it too.
     *
     * @throws RequestException if nothing is known of the image, or what it was made of is not open
     */
    public static ReplayPlan of(ImagePlus image) {
        KnownHistory known = KnownHistory.of(image);
        List<Provenance> all = known.history().entries();
        if (all.isEmpty()) {
            throw new RequestException("image: expected a picture that tells how it was generated, found that only"
                    + " that it was generated is told in " + image.getTitle());
        }
        List<Provenance> steps = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            Provenance step = all.get(i);
            requireReplayable(step);
            steps.add(0, step);
            Optional<OpenSource> source =
                    ReplayRequest.needsSource(step) ? OpenSource.find(step, image) : Optional.empty();
            if (source.isPresent() || !ReplayRequest.needsSource(step)) {
                return new ReplayPlan(image, known, steps, source);
            }
            if (i == 0 || !follows(step, all.get(i - 1))) {
                break;
            }
        }
        throw new RequestException(missing(steps.get(0)));
    }

    private static void requireReplayable(Provenance step) {
        if (ReplayRequest.needsMask(step)) {
            throw new RequestException("mask: expected it to be kept with the picture, found that it was too large");
        }
    }

    /** Whether a step began with what the one before left. */
    private static boolean follows(Provenance step, Provenance before) {
        return step.image()
                .map(EditedImage::sha256)
                .filter(before.resultSha256()::equals)
                .isPresent();
    }

    private static String missing(Provenance step) {
        return "image: expected an open image with the pixels that it was made of"
                + step.image()
                        .map(of -> ", slice " + of.slices().get(0) + " of " + of.title())
                        .orElse("")
                + step.source()
                        .map(of -> " (" + of.size().width() + "x" + of.size().height() + ")")
                        .orElse("")
                + ", found none; open it, and let the image that was generated be the active one";
    }

    /** The step that leads to what the image shows. */
    public Provenance last() {
        return steps.get(steps.size() - 1);
    }

    /** For people: what will be done, and what is known not to be as it was. */
    public String text() {
        StringBuilder text = new StringBuilder();
        source.ifPresent(found -> text.append("From: ").append(found.text()).append('\n'));
        for (Provenance step : steps) {
            text.append(step.task().name())
                    .append(": ")
                    .append(step.prompt().replaceAll("\\R", " "))
                    .append("\n    seed ")
                    .append(step.seed())
                    .append(", ")
                    .append(step.sampling().steps())
                    .append(" steps, ")
                    .append(step.sampling().scheduler())
                    .append(", model ")
                    .append(step.model().name());
            step.model().controlNets().forEach(use -> text.append(", steered by ")
                    .append(use.name()));
            text.append('\n');
        }
        if (steps.stream().anyMatch(step -> !step.model().controlNets().isEmpty())) {
            text.append("What steered it will be looked for among the open images.\n");
        }
        if (!known.isUnchanged()) {
            text.append("The image was changed since: what comes out is as it was before.\n");
        }
        List<String> differences = differences();
        text.append(differences.isEmpty() ? "It will be the same to the bit." : "Not as it was:")
                .append('\n');
        differences.forEach(line -> text.append("    ").append(line).append('\n'));
        return text.toString();
    }

    /** The version of ONNX Runtime shows when it runs: here it would have to be loaded. */
    private List<String> differences() {
        return Differences.between(
                last().computation(),
                DiffusionJobs.shared()
                        .executionLike(last().computation(), notice -> {})
                        .computation(last().computation().runtime()));
    }
}
