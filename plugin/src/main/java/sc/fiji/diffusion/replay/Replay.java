package sc.fiji.diffusion.replay;

import ij.ImagePlus;
import ij.WindowManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import sc.fiji.diffusion.altered.AlteredPixels;
import sc.fiji.diffusion.engine.PartProgress;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.provenance.History;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.replay.Differences;
import sc.fiji.diffusion.provenance.ImageProvenance;
import sc.fiji.diffusion.provenance.SliceHash;

/**
 * What a replay made.
 *
 * @param image new, not shown yet; its Info and the property {@value #PROPERTY} tell the verdict
 * @param isSame whether the pixels are the same as they came out the first time, to the bit
 * @param differences what is not as it was, a sentence each
 */
public record Replay(ImagePlus image, boolean isSame, List<String> differences) {

    /** A property of the image that macros can ask for. They rely on it: it never changes. */
    public static final String PROPERTY = "Diffusion replay";

    /** The verdict on pixels that are the same. */
    public static final String SAME = "the same to the bit";

    private static final String INFO = "Info";

    public Replay {
        differences = List.copyOf(differences);
    }

    /**
     * Does all steps; blocks until it is done.
     *
     * @param models finds what each step needs
     * @throws sc.fiji.diffusion.engine.DiffusionException if it can't be done, or was cancelled
     */
    public static Replay run(ReplayPlan plan, ModelFinder models, Progress progress) {
        ImagePlus working = plan.source().map(OpenSource::copied).orElse(null);
        List<Provenance> made = new ArrayList<>();
        Mask altered = null;
        for (int i = 0; i < plan.steps().size(); i++) {
            Progress ofStep = new PartProgress(progress, i, plan.steps().size());
            ofStep.checkCancelled();
            Provenance step = plan.steps().get(i);
            ReplayStep done = new ReplayStep(step, models);
            working = done.apply(working, ofStep);
            altered = done.altered(altered);
            made.add(done.provenance().withResult(hashes(working)));
        }
        return judged(plan, working, made, altered);
    }

    private static List<String> hashes(ImagePlus image) {
        return IntStream.rangeClosed(1, image.getStackSize())
                .mapToObj(index -> SliceHash.of(image, index))
                .toList();
    }

    private static Replay judged(ReplayPlan plan, ImagePlus image, List<Provenance> made, Mask altered) {
        Provenance last = made.get(made.size() - 1);
        List<String> wanted = plan.last().resultSha256().isEmpty()
                ? List.of(SliceHash.of(plan.image(), plan.image().getCurrentSlice()))
                : plan.last().resultSha256();
        Replay replay = new Replay(image, wanted.equals(last.resultSha256()), Differences.between(plan.last(), last));
        image.setTitle(WindowManager.makeUniqueName("Replay of " + plan.image().getTitle()));
        image.setProperty(INFO, "Replay: " + replay.verdict() + "\n" + new History(made).text());
        image.setProp(PROPERTY, replay.verdict());
        AlteredPixels pixels = AlteredPixels.none(image);
        ImageProvenance provenance = ImageProvenance.none(image);
        for (int index = 1; index <= image.getStackSize(); index++) {
            pixels.add(index, altered);
            provenance.put(index, last.resultSha256().get(index - 1), new History(made));
        }
        pixels.keepIn(image);
        provenance.keep();
        return replay;
    }

    /** For people and macros: {@value #SAME}, or what is not as it was. */
    public String verdict() {
        if (isSame) {
            return SAME;
        }
        return "not the same"
                + (differences.isEmpty() ? ", and why is not known" : ": " + String.join("; ", differences));
    }
}
