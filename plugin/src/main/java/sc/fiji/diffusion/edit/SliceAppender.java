package sc.fiji.diffusion.edit;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;
import java.util.List;
import sc.fiji.diffusion.altered.AlteredPixels;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.provenance.EditedImage;
import sc.fiji.diffusion.engine.provenance.History;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.pixels.ModelView;
import sc.fiji.diffusion.pixels.ValueRange;
import sc.fiji.diffusion.provenance.ImageProvenance;
import sc.fiji.diffusion.stack.WritableStack;

/** Works through a plan and adds what comes of each slice at the end of the stack, in the stack's own type. */
public final class SliceAppender {

    private final ImagePlus image;
    private final EditPlan plan;
    private final ValueRange range;

    /**
     * @throws RequestException if the image can't be changed, or has channels or other axes, so that it has no end to
     *     add to
     */
    public SliceAppender(ImagePlus image, EditPlan plan, ValueRange range) {
        this.image = WritableStack.require(image);
        if (image.getNDimensions() > 3 || image.getNChannels() > 1) {
            throw new RequestException("output: expected a single image or a stack of one channel to append to, found "
                    + (image.getNDimensions() > 3 ? "the hyperstack " : image.getNChannels() + " channels in ")
                    + image.getTitle());
        }
        this.plan = plan;
        this.range = range;
    }

    /**
     * Does it, with the image locked meanwhile; what is added stays if it is cancelled.
     *
     * @return the number of slices that were added
     */
    public int run(PictureModel model, Progress progress) {
        return WritableStack.locked(image, () -> plan.run(progress, (step, ofStep) -> append(step, model, ofStep)));
    }

    private void append(EditStep step, PictureModel model, Progress progress) {
        ModelView source = step.view(image, range);
        Mask mask = step.mask();
        PictureModel.Made made = model.make(source.seen(), mask, step, progress);
        EditedImage before = EditedSlices.before(
                EditOutput.APPEND.key(), image, step.stackIndexes(), source, EditedSlices.region(mask));
        History earlier =
                EditedSlices.histories(ImageProvenance.of(image), before).get(0);
        ImageStack stack = image.getStack();
        ImageProcessor copy = stack.getProcessor(step.stackIndex()).duplicate();
        stack.addSlice("generated from slice " + step.stackIndex(), copy);
        boolean overTime = image.getNFrames() > 1;
        boolean isPalette = image.getType() == ImagePlus.COLOR_256;
        image.setStack(stack, 1, overTime ? 1 : stack.size(), overTime ? stack.size() : 1);
        if (isPalette) {
            // A new stack made it a grey image with a coloured LUT.
            image.setTypeToColor256();
        }
        ModelView.of(image, stack.size(), range).write(made.image(), made.blend());
        AlteredPixels altered = AlteredPixels.of(image);
        altered.add(stack.size(), made.blend());
        int added = stack.size();
        Provenance done = EditedSlices.after(made.provenance(), before, image, List.of(added));
        ImageProvenance provenance = ImageProvenance.of(image);
        provenance.put(added, done.resultSha256().get(0), earlier.and(done));
        GeneratedInfo.keep(image, altered, provenance, "slice " + added, done.text());
    }
}
