package sc.fiji.diffusion.edit;

import ij.ImagePlus;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import sc.fiji.diffusion.engine.PartProgress;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.provenance.EditedImage;
import sc.fiji.diffusion.engine.provenance.History;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.pixels.ModelView;
import sc.fiji.diffusion.pixels.ValueRange;
import sc.fiji.diffusion.provenance.ImageProvenance;

/**
 * Generates in an image that nobody has seen yet, so that nothing has to be undone, and cancelling leaves nothing.
 *
 * @param made the image
 * @param plan which pictures of it
 * @param range which values the model sees
 * @param origin what it was made of
 */
record NewPictures(ImagePlus made, EditPlan plan, ValueRange range, Origin origin) {

    /**
     * Where an image came from.
     *
     * @param output what was done, such as {@code upscale}
     * @param image it was made of
     * @param slices of that image, of which those of the new one were made, in their order
     * @param region where in the new image that image lies, if it lies there as it was
     */
    record Origin(String output, ImagePlus image, List<Integer> slices, Optional<Region> region) {

        private List<Integer> slices(EditStep step) {
            return step.stackIndexes().stream()
                    .map(index -> slices.get(index - 1))
                    .toList();
        }

        private EditedImage edited(EditStep step, ModelView view) {
            return EditedSlices.before(output, image, slices(step), view, region);
        }
    }

    /**
     * Does it, one picture after the other.
     *
     * @param heading of a picture in the Info
     * @param provenance to add to
     * @return how each came to be, in lines
     * @throws sc.fiji.diffusion.engine.CancelledException when {@code progress} says so
     */
    String generate(
            PictureModel model, Progress progress, Function<EditStep, String> heading, ImageProvenance provenance) {
        int total = plan.steps().size();
        ImageProvenance earlier = ImageProvenance.of(origin.image());
        StringBuilder info = new StringBuilder();
        for (int done = 0; done < total; done++) {
            EditStep step = plan.steps().get(done);
            Progress ofStep = new PartProgress(progress, done, total);
            ofStep.checkCancelled();
            Mask mask = step.mask();
            ModelView view = ModelView.of(made, step.stackIndex(), range);
            PictureModel.Made picture = model.make(view.seen(), mask, step, ofStep);
            EditedImage before = origin.edited(step, view);
            view.write(picture.image(), picture.blend());
            Provenance of = EditedSlices.after(picture.provenance(), before, made, step.stackIndexes());
            List<History> histories = EditedSlices.histories(earlier, before);
            for (int i = 0; i < step.stackIndexes().size(); i++) {
                History history = histories.get(i);
                provenance.put(step.stackIndexes().get(i), of.resultSha256().get(i), history.and(of));
            }
            info.append(info.isEmpty() ? "" : "\n")
                    .append(heading.apply(step) + "\n")
                    .append(of.text());
        }
        return info.toString();
    }
}
