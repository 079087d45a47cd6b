package sc.fiji.diffusion.edit;

import ij.ImagePlus;
import java.util.List;
import sc.fiji.diffusion.altered.AlteredPixels;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.provenance.EditedImage;
import sc.fiji.diffusion.engine.provenance.History;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.pixels.ModelView;
import sc.fiji.diffusion.pixels.ValueRange;
import sc.fiji.diffusion.provenance.ImageProvenance;
import sc.fiji.diffusion.stack.StackPosition;
import sc.fiji.diffusion.stack.StackUndo;
import sc.fiji.diffusion.stack.WritableStack;

/** Works through a plan, slice by slice, in an image's own pixels. Used once. */
public final class ImageEditor {

    private final ImagePlus image;
    private final EditPlan plan;
    private final ValueRange range;

    /** Only once something is about to change. */
    private StackUndo undo;

    /**
     * @throws RequestException if the image can't be changed
     */
    public ImageEditor(ImagePlus image, EditPlan plan, ValueRange range) {
        this.image = WritableStack.require(image);
        this.plan = plan;
        this.range = range;
    }

    /** The image that is changed. */
    public ImagePlus image() {
        return image;
    }

    /**
     * Does it, with the image locked meanwhile.
     *
     * @return the number of pictures that were made
     * @throws CancelledException when {@code progress} says so; what is done stays
     * @throws RequestException if another command is working on the image
     */
    public int run(PictureModel model, Progress progress) {
        AlteredPixels altered = AlteredPixels.of(image);
        ImageProvenance provenance = ImageProvenance.of(image);
        try {
            return WritableStack.locked(
                    image, () -> plan.run(progress, (step, ofStep) -> edit(step, model, ofStep, altered, provenance)));
        } finally {
            if (undo != null) {
                undo.offerAgain();
            }
        }
    }

    private void edit(
            EditStep step, PictureModel model, Progress progress, AlteredPixels altered, ImageProvenance provenance) {
        ModelView view = step.view(image, range);
        Mask mask = step.mask();
        PictureModel.Made made = model.make(view.seen(), mask, step, progress);
        EditedImage before = EditedSlices.before(
                EditOutput.REPLACE.key(), image, step.stackIndexes(), view, EditedSlices.region(mask));
        List<History> earlier = EditedSlices.histories(provenance, before);
        if (undo == null) {
            undo = StackUndo.of(image, plan.stackIndexes());
            undo.setup();
        }
        view.write(made.image(), made.blend());
        for (StackPosition position : step.positions()) {
            altered.add(position.stackIndex(), made.blend());
        }
        Provenance done = EditedSlices.after(made.provenance(), before, image, step.stackIndexes());
        for (int i = 0; i < earlier.size(); i++) {
            provenance.put(
                    before.slices().get(i),
                    done.resultSha256().get(i),
                    earlier.get(i).and(done));
        }
        GeneratedInfo.keep(image, altered, provenance, step.name(), done.text());
    }
}
