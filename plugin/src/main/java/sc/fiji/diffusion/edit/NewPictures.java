package sc.fiji.diffusion.edit;

import ij.ImagePlus;
import java.util.function.Function;
import sc.fiji.diffusion.engine.PartProgress;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.pixels.ModelView;
import sc.fiji.diffusion.pixels.ValueRange;

/**
 * Generates in an image that nobody has seen yet, so that nothing has to be undone, and cancelling leaves nothing.
 *
 * @param made the image
 * @param plan which pictures of it
 * @param range which values the model sees
 */
record NewPictures(ImagePlus made, EditPlan plan, ValueRange range) {

    /**
     * Does it, one picture after the other.
     *
     * @param heading of a picture in the Info
     * @return how each came to be, in lines
     * @throws sc.fiji.diffusion.engine.CancelledException when {@code progress} says so
     */
    String generate(PictureModel model, Progress progress, Function<EditStep, String> heading) {
        int total = plan.steps().size();
        StringBuilder info = new StringBuilder();
        for (int done = 0; done < total; done++) {
            EditStep step = plan.steps().get(done);
            Progress ofStep = new PartProgress(progress, done, total);
            ofStep.checkCancelled();
            Mask mask = step.mask();
            ModelView view = ModelView.of(made, step.stackIndex(), range);
            PictureModel.Made picture = model.make(view.seen(), mask, step.seedOffset(), ofStep);
            view.write(picture.image(), picture.blend());
            info.append(info.isEmpty() ? "" : "\n")
                    .append(heading.apply(step) + "\n")
                    .append(picture.info());
        }
        return info.toString();
    }
}
